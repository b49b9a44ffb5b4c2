"""A file system that keeps in memory whatever was not synced, for T30.

    python3 forgetful_fs.py STATE MOUNT

What a file holds reaches STATE with its fsync, what a directory lists with the fsync of the
directory: as little as POSIX promises. Kill this process, and all that was not synced is
gone, as after a power cut; started again, it shows what STATE has.
"""
import errno
import json
import os
import stat
import sys
import time

try:
    from fuse import FUSE, FuseOSError, Operations
except ImportError:
    from fusepy import FUSE, FuseOSError, Operations


class Node:
    def __init__(self, number, mode, data=b""):
        self.number, self.mode, self.data = number, mode, bytearray(data)
        self.names = {}
        self.time = time.time()

    def is_directory(self):
        return stat.S_ISDIR(self.mode)


class Forgetful(Operations):
    def __init__(self, state):
        self.state = state
        self.next = 1
        os.makedirs(state, exist_ok=True)
        root = os.path.join(state, "0")
        self.root = self.load(0) if os.path.exists(root) else Node(0, stat.S_IFDIR | 0o755)
        self.save(self.root)

    # What is durable: a file for each node, replaced as a whole.
    def load(self, number):
        with open(os.path.join(self.state, str(number)), "rb") as file:
            head = json.loads(file.readline())
            node = Node(number, head["mode"], file.read())
        self.next = max(self.next, number + 1)
        for name, child in head["names"].items():
            known = os.path.exists(os.path.join(self.state, str(child)))
            # Its name was synced, nothing else: it is there and empty.
            node.names[name] = self.load(child) if known else Node(child, stat.S_IFREG | 0o600)
            self.next = max(self.next, child + 1)
        return node

    def save(self, node):
        path = os.path.join(self.state, str(node.number))
        head = {"mode": node.mode, "names": {name: child.number for name, child in node.names.items()}}
        with open(path + ".new", "wb") as file:
            file.write(json.dumps(head).encode() + b"\n" + bytes(node.data))
        os.replace(path + ".new", path)

    def find(self, path):
        node = self.root
        for name in [part for part in path.split("/") if part]:
            if name not in node.names:
                raise FuseOSError(errno.ENOENT)
            node = node.names[name]
        return node

    def place(self, path):
        return self.find(os.path.dirname(path)), os.path.basename(path)

    def make(self, path, mode):
        directory, name = self.place(path)
        node = Node(self.next, mode)
        self.next += 1
        directory.names[name] = node
        if node.is_directory():
            self.save(node)
        return node

    def getattr(self, path, fh=None):
        node = self.find(path)
        return {"st_mode": node.mode, "st_size": len(node.data), "st_nlink": 1, "st_uid": os.getuid(),
                "st_gid": os.getgid(), "st_mtime": node.time, "st_ctime": node.time, "st_atime": node.time,
                "st_ino": node.number + 1}

    def readdir(self, path, fh):
        return [".", ".."] + list(self.find(path).names)

    def mkdir(self, path, mode):
        self.make(path, stat.S_IFDIR | mode)

    def create(self, path, mode, fi=None):
        self.make(path, stat.S_IFREG | (mode & 0o777))
        return 0

    def open(self, path, flags):
        self.find(path)
        return 0

    def read(self, path, size, offset, fh):
        return bytes(self.find(path).data[offset:offset + size])

    def write(self, path, data, offset, fh):
        node = self.find(path)
        if len(node.data) < offset:
            node.data.extend(bytes(offset - len(node.data)))
        node.data[offset:offset + len(data)] = data
        node.time = time.time()
        return len(data)

    def truncate(self, path, length, fh=None):
        node = self.find(path)
        del node.data[length:]
        node.data.extend(bytes(length - len(node.data)))

    def unlink(self, path):
        directory, name = self.place(path)
        if name not in directory.names:
            raise FuseOSError(errno.ENOENT)
        del directory.names[name]

    rmdir = unlink

    def rename(self, old, new):
        directory, name = self.place(old)
        target, fresh = self.place(new)
        target.names[fresh] = directory.names.pop(name)

    def chmod(self, path, mode):
        node = self.find(path)
        node.mode = stat.S_IFMT(node.mode) | (mode & 0o7777)

    def chown(self, path, uid, gid):
        self.find(path)

    def utimens(self, path, times=None):
        self.find(path).time = times[1] if times else time.time()

    def fsync(self, path, datasync, fh):
        self.save(self.find(path))
        return 0

    def fsyncdir(self, path, datasync, fh):
        self.save(self.find(path))
        return 0

    def statfs(self, path):
        return {"f_bsize": 4096, "f_frsize": 4096, "f_blocks": 1 << 20, "f_bfree": 1 << 19, "f_bavail": 1 << 19,
                "f_files": 1 << 16, "f_ffree": 1 << 15, "f_favail": 1 << 15, "f_namemax": 255}


if __name__ == "__main__":
    FUSE(Forgetful(sys.argv[1]), sys.argv[2], foreground=True, nothreads=True)
