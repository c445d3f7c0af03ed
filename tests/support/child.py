"""What a child process may do to those who wait for it: the words on standard input say what."""

import json
import os
import sys
import time

said = sys.stdin.buffer.read().decode()
word, _, number = said.partition(" ")
if word == "die":
    os.kill(os.getpid(), int(number))
elif word == "exit":
    sys.exit(int(number))
elif word == "sleep":
    time.sleep(60)
elif word == "talk":
    sys.stdout.write("x" * int(number))
elif word == "do":
    exec(number)
else:
    json.dump(
        {"environment": sorted(os.environ), "arguments": sys.argv[1:], "session": os.getsid(0) == os.getpid()},
        sys.stdout,
    )
