"""Which kernel calls a job may make: a seccomp filter, written as the kernel takes it. Source: seccomp(2), bpf(2).

A list of what is refused rather than of what is allowed: Python and its libraries use hundreds of calls, and what is
left open here ends at the job's own files and namespaces all the same.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct

# Numbers on x86-64 and arm64; -1 where there is none. Source: the kernel's unistd.h of either.
_ALWAYS = {
    # looking into or steering other processes
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "pidfd_open": (434, 434), "pidfd_getfd": (438, 438), "pidfd_send_signal": (424, 424), "tkill": (200, 130),
    "process_madvise": (440, 440), "process_mrelease": (448, 448), "perf_event_open": (298, 241),
    # the network; without socket() there is none
    "socket": (41, 198), "connect": (42, 203), "bind": (49, 200), "listen": (50, 201), "sendto": (44, 206),
    # namespaces and mounts
    "unshare": (272, 97), "setns": (308, 268), "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41),
    "chroot": (161, 51), "open_tree": (428, 428), "move_mount": (429, 429), "fsopen": (430, 430),
    "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433), "mount_setattr": (442, 442),
    "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265), "mknod": (133, -1), "mknodat": (259, 33),
    # wide doors into the kernel
    "bpf": (321, 280), "userfaultfd": (323, 282), "io_uring_setup": (425, 425), "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427), "init_module": (175, 105), "finit_module": (313, 273),
    "delete_module": (176, 106), "kexec_load": (246, 104), "kexec_file_load": (320, 294), "add_key": (248, 217),
    "request_key": (249, 218), "keyctl": (250, 219), "personality": (135, 92), "modify_ldt": (154, -1),
    "ioperm": (173, -1), "iopl": (172, -1), "uselib": (134, -1), "lookup_dcookie": (212, 18),
    "fanotify_init": (300, 262), "quotactl": (179, 60), "quotactl_fd": (443, 443), "acct": (163, 89),
    "swapon": (167, 224), "swapoff": (168, 225), "reboot": (169, 142), "vhangup": (153, 58), "syslog": (103, 116),
    "mbind": (237, 235), "set_mempolicy": (238, 237), "migrate_pages": (256, 238), "move_pages": (279, 239),
    "sethostname": (170, 161), "setdomainname": (171, 162), "settimeofday": (164, 170),
    "clock_settime": (227, 112), "clock_adjtime": (305, 266), "adjtimex": (159, 171),
    # memory and queues that outlive the job or hide a program
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "shmget": (29, 194), "shmat": (30, 196),
    "shmctl": (31, 195), "semget": (64, 190), "semop": (65, 193), "semctl": (66, 191), "semtimedop": (220, 192),
    "msgget": (68, 186), "msgsnd": (69, 189), "msgrcv": (70, 188), "msgctl": (71, 187), "mq_open": (240, 180),
    # leaving the group that is killed at the end
    "setsid": (112, 157), "setpgid": (109, 154),
}  # fmt: skip
_FORK = {"fork": (57, -1), "vfork": (58, -1)}
_EXEC = {"execve": (59, 221), "execveat": (322, 281)}
_ON_ITSELF = {"kill": (62, 129), "tgkill": (234, 131), "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240)}
_LIMITS_OF = (302, 261)  # prlimit64: a process may change its own, named as 0
_PRCTL, _TIE_TO_PARENT = (157, 167), 1  # a job is tied to its parent's life, and stays so
_CLONE, _CLONE3 = (56, 220), (435, 435)

_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_NEW_NAMESPACES = 0x7E020000
_THREAD = 0x00010000
_X32 = 0x40000000

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER_AT, _MACHINE_AT, _FIRST_AT = 0, 4, 16
_ALLOW, _KILL, _ERROR = 0x7FFF0000, 0x80000000, 0x00050000

_PR_SET_NO_NEW_PRIVS, _SET_MODE_FILTER, _ALL_THREADS = 38, 1, 1
_SECCOMP = (317, 277)


def known_machine() -> bool:
    """Whether we have this machine's numbers."""
    return os.uname().machine in _MACHINES


def restrict(*, forks: bool, execs: bool) -> None:
    """From here on this process, its threads and its children make only the calls that are left to them.

    Raises: OSError.
    """
    column, machine = _MACHINES[os.uname().machine]
    code = _program(column, machine, forks=forks, execs=execs)
    held = ctypes.create_string_buffer(code)
    libc = ctypes.CDLL(None, use_errno=True)

    class Filter(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_void_p))

    given = Filter(len(code) // 8, ctypes.addressof(held))
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.syscall(
        _SECCOMP[column], _SET_MODE_FILTER, _ALL_THREADS, ctypes.byref(given)
    ):
        raise OSError(ctypes.get_errno(), "seccomp")


def _program(column: int, machine: int, *, forks: bool, execs: bool) -> bytes:
    """Load the number, go through the refusals one by one, allow the rest; another machine's numbers mean death."""
    refused = _ALWAYS | ({} if forks else _FORK) | ({} if execs else _EXEC)
    code = [_step(_LOAD, _MACHINE_AT), _step(_EQUAL, machine, 1, 0), _step(_RETURN, _KILL), _step(_LOAD, _NUMBER_AT)]
    if column == 0:
        code += [_step(_AT_LEAST, _X32, 0, 1), _step(_RETURN, _KILL)]
    for numbers in refused.values():
        if numbers[column] >= 0:
            code += [_step(_EQUAL, numbers[column], 0, 1), _error(errno.EPERM)]
    code += [_step(_EQUAL, _CLONE3[column], 0, 1), _error(errno.ENOSYS)]  # its flags are out of sight; libc falls back
    code += _when(_LIMITS_OF[column], [_step(_EQUAL, 0, 1, 0), _error(errno.EPERM)])
    code += _when(_PRCTL[column], [_step(_EQUAL, _TIE_TO_PARENT, 0, 1), _error(errno.EPERM)])
    if not forks:
        for numbers in _ON_ITSELF.values():
            code += _when(numbers[column], [_step(_EQUAL, os.getpid(), 1, 0), _error(errno.EPERM)])
    clone = [_step(_ANY_BIT, _NEW_NAMESPACES, 0, 1), _error(errno.EPERM)]
    if not forks:
        clone += [_step(_ANY_BIT, _THREAD, 1, 0), _error(errno.EPERM)]
    code += _when(_CLONE[column], clone)
    return b"".join([*code, _step(_RETURN, _ALLOW)])


def _when(number: int, then: list[bytes]) -> list[bytes]:
    """Judge a call by its first argument, and allow it when `then` has not refused it."""
    body = [_step(_LOAD, _FIRST_AT), *then, _step(_RETURN, _ALLOW)]
    return [_step(_EQUAL, number, 0, len(body)), *body]


def _error(number: int) -> bytes:
    return _step(_RETURN, _ERROR | number)


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("HBBI", code, if_true, if_false, value)
