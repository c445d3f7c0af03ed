"""Which pose the verbs of a sentence put its doer in. A table and its look-up only."""

from __future__ import annotations

import re

from studio.engine.artist.spec import Pose


def _any(words: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(word.replace("_", r"\s+") for word in words.split()) + r")\b", re.IGNORECASE)


_POSES: tuple[tuple[Pose, re.Pattern[str]], ...] = tuple(
    (pose, _any(words))
    for pose, words in (
        (
            Pose.EMBRACE,
            "embraces? embracing hugs? hugging holds_(?:him|her|them|each_other) kiss(?:es)? kissing in_each_other['’]s_arms",
        ),
        (Pose.CROSS_ARMS, "(?:crosses|folds)_(?:his|her|their)_arms arms_(?:crossed|folded)"),
        (Pose.AKIMBO, "hands?_on_(?:(?:his|her|their)_)?hips?"),
        (
            Pose.DRIVE,
            "drives driving at_the_(?:steering_)?wheel behind_the_(?:steering_)?wheel slams_on_the_brakes hits_the_(?:gas|brakes) "
            "steers swerves speeds_up floors_it (?:puts|turns|backs|throws)_the_car",
        ),
        (
            Pose.RUN,
            "runs? running sprints? sprinting races flees bolts dash(?:es)? chases? chasing charges scurries "
            "tears_(?:off|across|down|through)",
        ),
        (
            Pose.COWER,
            "cowers? cowering huddles shrinks_(?:back|away) covers_(?:his|her|their)_head",
        ),
        (Pose.CRAWL, "crawls? crawling on_all_fours"),
        (Pose.PRAY, "prays praying in_prayer"),
        (Pose.KNEEL, "kneels? kneeling falls_to_(?:his|her|their|the)_knees on_(?:his|her|their)_knees"),
        (Pose.CROUCH, "crouch(?:es|ing)? squats? squatting ducks hunches hides_(?:behind|under)"),
        (
            Pose.LIE,
            "lies_(?:on|in|down|there|beside|next|still|awake|back|across) lying asleep sleeps sleeping unconscious sprawled "
            "in_bed passed_out",
        ),
        (Pose.SIT_FLOOR, "(?:sits?|sitting)_on_the_(?:bare_)?(?:floor|ground|grass|sand|deck) cross-legged"),
        (Pose.WRITE, "writes writing scribbles scribbling jots signs_(?:the|a|it|his|her)"),
        (
            Pose.TYPE,
            "types typing works_(?:the|his|her)_(?:mouse|keyboard|computer) at_(?:the|his|her)_(?:keyboard|typewriter|computer)",
        ),
        (
            Pose.SIT,
            "sits? sitting seated slumps_(?:in|into|down) perch(?:es|ed) squeezes?_into rides? "
            "(?:drops|sinks|settles|flops|plops|collapses|falls)_(?:down_)?(?:in|into|onto)_(?:the|a|an|his|her)_(?:\\w+_)?"
            "(?:chair|armchair|sofa|couch|seat|bench) (?:re)?takes_(?:a|his|her|their|the)_(?:\\w+_)?seat",
        ),
        (
            Pose.AIM,
            "aims aiming shoots fires_(?:at|the|his|her|a|twice|again) "
            "(?:points|levels|trains|draws)_(?:a|the|his|her)_(?:\\w+_)?(?:gun|pistol|revolver|rifle|shotgun|weapon)",
        ),
        (Pose.POINT, "points? pointing gestures_(?:at|to|towards?) motions_(?:at|to|towards?|around)"),
        (Pose.LEAN, "leans? leaning props_(?:him|her)self slouches"),
        (Pose.PHONE, "(?:on|into|answers|picks_up)_(?:the|his|her)_(?:phone|telephone|receiver|mobile) phone_call"),
        (Pose.DRINK, "drinks drinking sips? sipping gulps swigs"),
        (Pose.EAT, "eats eating chews chewing nibbles bites_into"),
        (Pose.SMOKE, "smokes smoking puffs lights_(?:a|his|her)_(?:cigarette|cigar|pipe)"),
        (Pose.READ, "reads reading (?:pages|leafs|flips|thumbs)_through studies_(?:the|a|his|her)"),
        (Pose.GIVE, "gives giving holds_out offers hands_(?:him|her|them|over|the) passes_(?:him|her|them)"),
        (
            Pose.REACH,
            "reach(?:es|ing) grabs grabbing grasps snatches touch(?:es|ing) caresses strokes pats taps presses "
            "hits_(?:the|a)_(?:\\w+_)?(?:button|switch|key|lever|light) plugs unplugs picks_(?:it|up|the|a) "
            "(?:puts|sets|places|lays)_(?:it|the|a|an|his|her|them)",
        ),
        (Pose.WAVE, "waves_(?:to|at|back|goodbye|him|her|them|from) waving"),
        (Pose.HANDS_UP, "(?:raises|puts_up)_(?:his|her|their)_hands hands_up surrenders"),
        (Pose.CHEER, "cheers cheering celebrates arms_raised"),
        (Pose.SHRUG, "shrugs? shrugging"),
        (
            Pose.THINK,
            "thinks thinking ponders (?:rubs|strokes)_(?:his|her)_chin scratches_(?:his|her)_head "
            "puzzled perplexed confused",
        ),
        (
            Pose.COVER_FACE,
            "(?:buries|covers|hides)_(?:his|her|their)_face weeps weeping sobs sobbing cries crying face_in_(?:his|her)_hands",
        ),
        (Pose.LISTEN, "listens_(?:at|to_the|for) listening eavesdrops ear_to_the"),
        (Pose.PEER, "peers peering squints shields_(?:his|her)_eyes"),
        (Pose.SALUTE, "salutes? saluting"),
        (
            Pose.OPEN,
            "(?:opens|closes|shuts|unlocks|slams)_(?:the|a|his|her)_(?:\\w+_)?"
            "(?:door|fridge|window|drawer|cupboard|gate|trunk|boot|safe) knocks knocking",
        ),
        (Pose.PUSH, "push(?:es|ing) shoves shoving rams thrusts"),
        (
            Pose.PULL,
            "pulls_(?:on|at|the|him|her|them) drags dragging tugs hauls hauling yanks? yanking heaves_on wrenches rips",
        ),
        (
            Pose.FIGHT,
            "smacks? rough(?:s|ing)_up punch(?:es|ing) fights? fighting slaps hits swings swinging strikes_(?:him|her|it|the) "
            "smashes slams beats "
            "clubs "
            "whacks bashes pounds slugs lunges tackles wrestles struggles",
        ),
        (Pose.KICK, "kicks kicking"),
        (
            Pose.FALL,
            "falls_(?:back|over|down|off|to_the|backwards?) topples trips tumbles collapses crumples "
            "(?:is|gets|are)_(?:slammed|thrown|knocked|hurled|flung)",
        ),
        (Pose.JUMP, "jumps jumping leaps leaping hops"),
        (Pose.DANCE, "dances dancing twirls waltz(?:es)?"),
        (Pose.CLIMB, "climbs_(?:up_)?(?:the|a)_(?:\\w+_)?(?:ladder|rope|wall|tree|fence|rocks?|mast) climbing"),
        (Pose.LIFT, "heaves hoists lifts hefts lowers stoops bends_down"),
        (Pose.BOW, "bows bowing bends_over"),
        (Pose.SNEAK, "sneaks sneaking creeps creeping tiptoes"),
        (
            Pose.WALK,
            "walks? walking cross(?:es)? crossing enters? entering exits? exiting leaves strides? steps? "
            "wanders? climbs? approaches paces "
            "marches strolls limps shambles trudges shuffles saunters ambles plods staggers lurches sulks emerges "
            "moves_(?:to|towards?|across|away|over|closer) goes_(?:to|into|over|out|back|up|down) gets_out_of backs_away "
            "starts_(?:for|towards?) makes_(?:his|her|their)_way comes_(?:in|out|down|up|over|towards?) heads "
            "hurries follows? stumbles "
            "arrives descends bursts_in storms_in slips_in rushes_in",
        ),
        (
            Pose.HOLD,
            "peels peeling examines inspects counts counting fiddles adjusts folds assembles loads fixes clears "
            "takes_(?:a_)?pictures? wipes polishes pours stirs cuts chops sews",
        ),
        (
            Pose.TALK,
            "argues arguing argue explains protests pleads shouts shouting yells yelling curses announces recites",
        ),
        (Pose.STAND, "stands? standing rises gets_up stops?"),
    )
)
_PLURAL = re.compile(r"\b((?:they|both|we|the two)(?: all| both)?|and \w+) (\w+)\b", re.IGNORECASE)
"""Where a verb without its s follows: "They drink" is read as "They drinks" as well."""
LASTING = (
    Pose.SIT,
    Pose.KNEEL,
    Pose.LEAN,
    Pose.LIE,
    Pose.SIT_FLOOR,
    Pose.CROUCH,
    Pose.COWER,
    Pose.DRIVE,
    Pose.WRITE,
    Pose.TYPE,
    Pose.PRAY,
)
"""Poses people stay in until they are seen to do something else."""


def pose_in(text: str) -> Pose | None:
    """The pose a sentence puts its doer in, or None; the first verb of the sentence decides between two."""
    single = _PLURAL.sub(r"\1 \2s", text)
    found = [
        (match.start(), order, pose)
        for order, (pose, pattern) in enumerate(_POSES)
        for words in ((text,) if single == text else (text, single))
        if (match := pattern.search(words))
    ]
    if found and min(found)[2] is Pose.WALK and any(pose is Pose.SIT for _, _, pose in found):
        return Pose.SIT
    # "Kate stands peeling potatoes": what she does while she stands.
    busy = [each for each in found if each[2] is not Pose.STAND] if found and min(found)[2] is Pose.STAND else found
    return min(busy or found)[2] if found else None
