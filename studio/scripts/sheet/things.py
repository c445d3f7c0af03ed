"""English words for the things a breakdown names, by category, and the words around them that tell a thing from a verb."""

from __future__ import annotations

import re

from studio.scripts.sheet.categories import Category


def _set(words: str) -> frozenset[str]:
    """Words, those of two joined by an underscore."""
    return frozenset(word.replace("_", " ") for word in words.split())


_NOUNS: dict[Category, frozenset[str]] = {
    Category.PROPS: _set(
        """ashtray axe backpack badge bag balloon bandage banknote baseball basket basketball bat battery bell bible billfold
        binder binoculars blanket blueprint book bottle bouquet bowl box briefcase broom bucket bullet cake
        calculator calendar camcorder camera candle candlestick cane canvas card cash cassette cell_phone cellphone cheque
        chessboard cigar cigarette clipboard clock coffee coffin coin compass corkscrew credit_card crowbar
        crutch cup cupcake dagger diary diploma document doll drill drink drum duffel dynamite egg envelope eyepatch
        file_folder fishing_rod flag flare flashlight flask flower flute folder football fork frying_pan gift glass
        grenade guitar gun hammer handcuffs handgun handkerchief hatchet headphones headset hourglass ice_cream invoice
        journal joint kettle key keyboard keycard knife ladder ladle lamp lantern laptop leash letter lighter lipstick
        lock locket lollipop lunchbox machete machine_gun magazine magnifying_glass map mask matchbox medal microphone
        microscope mirror mobile_phone money mop mug napkin needle newspaper notebook notepad oar package
        paddle paintbrush painting pamphlet pan paper_bag parcel passport pen pencil phone photo photograph picnic_basket
        picture pie pill pillow pipe pistol pitcher pitchfork pizza plate playing_card postcard poster pot present purse
        radio razor receipt record_player remote_control revolver rifle rope rose rucksack ruler sandwich saw
        scalpel scissors screwdriver script scroll shield shotgun shovel skateboard sketchbook smartphone spade spear
        spoon stapler statue stethoscope stopwatch stretcher suitcase surfboard sword syringe tablet tape tape_recorder
        tea teacup teapot teddy_bear telegram telephone telescope test_tube thermos ticket toolbox torch towel toy tray
        trophy trumpet tweezers typewriter umbrella vase video_camera violin walkie-talkie wallet watering_can weapon
        wheelchair whip whisky whiskey whistle wine wine_bottle wine_glass wrench"""
    ),
    Category.WARDROBE: _set(
        """apron armor armour bathrobe belt beret bikini blazer blouse bonnet boots bow_tie bra bracelet cap cape cardigan
        cloak coat corset costume cufflink dress dressing_gown earring fedora fur_coat glasses gloves goggles gown
        hat headband headscarf helmet heels high_heels hoodie jacket jeans jersey jumpsuit kilt kimono lab_coat
        leggings mittens necklace nightgown overalls overcoat pajamas pants parka pyjamas raincoat ring robe sandals
        sari scarf scrubs shawl shirt shoes shorts skirt slippers sneakers socks spacesuit stockings suit sundress
        sunglasses suspenders sweater sweatshirt swimsuit t-shirt tank_top tiara tie tights top_hat tracksuit trench_coat
        trousers tunic turban tutu tuxedo underwear uniform veil vest waistcoat wedding_dress wedding_ring wetsuit
        wristwatch"""
    ),
    Category.VEHICLES: _set(
        """airplane aeroplane ambulance bicycle bike boat bulldozer bus cab campervan canoe car carriage cart chopper
        convertible cruiser dinghy ferry fire_engine fire_truck forklift freighter hearse helicopter hovercraft jeep jet
        kayak limo limousine locomotive lorry minibus minivan moped motorbike motorboat motorcycle patrol_car pickup
        pickup_truck plane police_car raft rowboat rowing_boat sailboat school_bus scooter sedan ship skiff sled sleigh
        snowmobile speedboat sports_car squad_car station_wagon steamboat submarine suv tank tanker taxi tow_truck tractor
        train tram truck tugboat van wagon yacht"""
    ),
    Category.ANIMALS: _set(
        """bear bird bull butterfly camel cat chicken cow coyote crab crow deer dog dolphin donkey dove duck
        eagle elephant fish fox frog goat goldfish goose hamster hawk hen horse kitten lamb leopard lion lizard lobster
        mare monkey mouse mule octopus owl ox panther parrot peacock pig pigeon pony puppy rabbit raccoon rat raven
        rooster scorpion seagull shark sheep snake spider squirrel stallion swan tiger toad tortoise turtle vulture whale
        wolf"""
    ),
    Category.MAKEUP: _set(
        """beard black_eye blood bruise face_paint fake_blood false_teeth fangs gash goatee
        moustache mustache nosebleed prosthetic scab scar sideburns tattoo war_paint wig wound"""
    ),
    Category.SFX: _set(
        """blaze blizzard bonfire confetti downpour drizzle dust_cloud explosion fire_hydrant fireball fireworks flame
        flood fog gunfire hail inferno mist muzzle_flash rain rainstorm sandstorm smoke snow snowfall snowstorm spark
        steam thunderstorm tornado"""
    ),
    Category.VFX: _set(
        """alien apparition demon dinosaur dragon force_field forcefield ghost hologram laser_beam lightsaber meteor
        monster phantom portal spacecraft spaceship starship time_machine ufo unicorn wormhole zombie"""
    ),
    Category.SOUND: _set(
        """alarm_bell church_bell doorbell echo foghorn gunshot heartbeat ringtone siren static thunder thunderclap"""
    ),
    Category.MUSIC: _set(
        """aria ballad hymn jazz jukebox lullaby melody music orchestra serenade song soundtrack
        string_quartet symphony tune waltz"""
    ),
    Category.SPECIAL_EQUIPMENT: _set(
        """aerial_shot camera_car crane_shot dolly_shot drone_shot greenscreen green_screen helicopter_shot
        process_trailer steadicam_shot underwater_shot"""
    ),
}
THINGS: dict[str, Category] = {noun: category for category, nouns in _NOUNS.items() for noun in nouns}
"""The category of every noun known, in the singular."""

UNCOUNTED = _set(
    """blood cash coffee confetti fog gunfire hail jazz mist money music rain smoke snow static steam tea thunder whiskey
    whisky wine drizzle snowfall lightning underwear"""
)
"""Nouns that stand without an article: "Rain on the window."."""

PLURAL = _set(
    """binoculars boots fangs fireworks glasses gloves goggles handcuffs headphones heels jeans leggings mittens overalls
    pajamas pants pyjamas sandals scissors scrubs shoes shorts sideburns slippers sneakers socks stockings sunglasses
    suspenders tights trousers tweezers"""
) | {"high heels", "false teeth"}
"""Nouns that stay in the plural."""

ALSO_VERBS = _set(
    """book box drink fish drum saw drill tape rope ring suit whip flag cup duck flame fire dress tie smoke rain snow
    hail photograph picture lock key hammer mop shovel spark flood steam train ship bus mask bandage record whistle
    mirror present plate pan pot map mist echo belt tank pipe pen pin file card bill light fork rose cart cap axe bear
    badge bat flower bag"""
)
"""Nouns whose plural reads as a verb: "The phone rings" is no ring."""

OTHER_HEADS = _set(
    """station stop park lot house driver door window seat horn track shop store room table stand stall case lane lessons
    rack factory owner player crash ride port yard race tracks food market desk counter shelf side
    engine headlights light lights wheel tyre tire handle trunk hood bumper pocket sleeve sleeves collar stain
    hole barrel deck cabin bridge dealer company thief wreck accident stick chain tag tower wall board hall
    school teacher lover fight office screen number call shelter line conductor captain crew
    passenger passengers stairs ramp dock pier bench club league season roof frame edge rim tip neck blade butt case
    trap bite cage hunter trainer keeper show act bar cellar video film scene name story writer"""
)
"""Nouns that take over when they follow a thing: a train station is no train."""

DESCRIBING = _set(
    """old new young small little large big huge tiny long short tall heavy light thin thick wide narrow red blue green
    yellow black white grey gray brown orange purple pink golden gold silver dark pale bright colourful colorful striped
    checked checkered plaid flowered torn worn tattered battered broken cracked shattered dirty muddy clean wet dusty
    rusty ragged shabby elegant fancy expensive cheap plain simple empty full half-empty half-full open closed loaded
    unloaded wooden metal steel iron brass copper bronze plastic paper cardboard glass leather denim wool woollen woolen
    silk velvet satin lace cotton linen fur rubber crystal stone marble straw wicker vintage antique modern ancient
    military army police school hospital wedding business winter summer evening hawaiian toy stuffed fake homemade
    handwritten handmade hand-written yellowed faded crumpled folded sealed unopened framed burning lit unlit smoking
    bloody bloodied blood-stained stray wild mangy single matching oversized ill-fitting tight loose three-piece
    double-breasted sleeveless bulletproof baseball birthday coffee tea beer wine whiskey whisky water shot cowboy
    parked passing speeding rental armored armoured unmarked second-hand secondhand nice good fine beautiful ugly strange
    identical thick-rimmed horn-rimmed wire-rimmed heavy-duty"""
)
"""Words that describe a thing and are kept in its name."""

POINTING = _set(
    """a an the his her their its my our your this that these those some another each every both several many few other
    one two three four five six seven eight nine ten eleven twelve dozen single wearing carrying holding with of in into
    from onto behind under beneath beside over off on upon against between across through for by inside around
    clutching brandishing wielding toting waving another's"""
)
"""Words a thing stands after."""

DENYING = _set("no without not never neither nor like as than isn't wasn't aren't resembling")
"""What stands before a thing that is not there, or only compared with."""

PEOPLE = _set(
    """audience bystanders children churchgoers clerks clubbers commuters cops couples customers dancers diners
    doctors drinkers drivers extras families fans farmers firefighters firemen fishermen gamblers guards guests inmates
    joggers journalists kids locals mourners musicians neighbors neighbours nuns nurses officers officials onlookers
    orderlies paparazzi paramedics parents partygoers passengers passers-by passersby patients patrons pedestrians
    photographers pickets pilgrims police_officers policemen prisoners protesters protestors pupils recruits refugees
    regulars reporters residents revellers revelers sailors schoolchildren secretaries servants shoppers skaters
    soldiers spectators staff students swimmers teenagers tourists townspeople townsfolk travellers travelers troops
    villagers visitors waiters waitresses wedding_guests workers worshippers"""
)
"""People in numbers, as they are written."""

GROUPS = "crowd|crowds|group|groups|throng|mob|queue|line|row|handful|dozens|hundreds|sea|gang|troop|squad|horde|army"

_IRREGULAR = {
    "knives": "knife", "mice": "mouse", "geese": "goose", "wolves": "wolf", "scarves": "scarf", "oxen": "ox",
    "photos": "photo", "radios": "radio", "teeth": "teeth", "handkerchiefs": "handkerchief", "leaves": "leaf",
    "shelves": "shelf", "fish": "fish", "sheep": "sheep", "deer": "deer", "buses": "bus", "glass": "glass", "thermos": "thermos",
    "matches": "match", "canvas": "canvas", "compass": "compass", "dress": "dress", "bus": "bus", "moustaches": "moustache",
    "mustaches": "mustache", "axes": "axe", "lighters": "lighter", "necklaces": "necklace", "horses": "horse", "vases": "vase",
    "suitcases": "suitcase", "briefcases": "briefcase", "envelopes": "envelope", "cheques": "cheque", "grenades": "grenade",
}  # fmt: skip


def singular(word: str) -> str:
    """One of it, in lower case; words that have no singular stay."""
    word = word.lower()
    if word in PLURAL or word in UNCOUNTED:
        return word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if re.search(r"(?:ss|sh|ch|x|zz)es$", word):
        return word[:-2]
    if word.endswith("ies") and len(word) > 4:
        return word[:-1] if word[:-1] in THINGS else word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


NOISES = _set(
    """BANG BANGS BANGING BARK BARKS BARKING BEEP BEEPS BEEPING BLARE BLARES BLARING BLAST BLASTS BOOM BOOMS BUZZ BUZZES
    BUZZING CHIME CHIMES CLANG CLANGS CLATTER CLATTERS CLICK CLICKS CRACK CRACKS CRASH CRASHES CREAK CREAKS CREAKING CRUNCH
    CRUNCHES DING DINGS DRIP DRIPS GROWL GROWLS GUNSHOT GUNSHOTS HISS HISSES HONK HONKS HONKING HOWL HOWLS KNOCK KNOCKS
    KNOCKING POP POPS RATTLE RATTLES RING RINGS RINGING ROAR ROARS RUMBLE RUMBLES SCREECH SCREECHES SHATTERS SIREN SIRENS
    SLAM SLAMS SNAP SNAPS SPLASH SPLASHES SQUEAK SQUEAKS SQUEAL SQUEALS THUD THUDS THUMP THUMPS THUNDER TICK TICKS TICKING
    WAIL WAILS WHIR WHIRS WHISTLE WHISTLES WHOOSH"""
)
"""Noises, as scripts print them in capitals."""
