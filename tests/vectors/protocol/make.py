#!/usr/bin/env python3
"""Writes the golden octets beside it, from the drawings in PROTOCOL.md and Python's own hmac: a second opinion."""
import hashlib
import hmac
import pathlib
import struct

KEY = bytes(range(1, 33))
DEVICE = b"kitchen-7"
ORIGIN = "# Origin: make.py, from the drawing in firmware/Protocol/PROTOCOL.md.\n"


def code(purpose, octets):
    return hmac.new(KEY, purpose + b"\0" + DEVICE + b"\0" + octets, hashlib.sha256).digest()


def write(name, fields, *lines):
    text = ORIGIN + "# Key 0102..20, device kitchen-7. " + fields + "\n" + "".join(line + "\n" for line in lines)
    pathlib.Path(__file__).with_name(name).write_text(text)


header = bytes.fromhex(
    "0100000081cd02ab7e569e8bcd9317e2fe99f2de44d49ab2b8851ba4a308000000000000"
    "e320b6c2fffc8d750423db8b1eb942ae710e951ed797f7affc8892b0f1fc122bc7f5d74df2b9441a")[:76]
assert len(header) == 76
work = struct.pack(
    "<IBBHQIIQ76sIIIHHI32s", 0x3157464D, 1, 1, 120, 0x1122334455667788, 0x99AABBCC, 125552, 0x0000000300000007,
    header, 0x10000000, 0x1FFFFFFF, 0x1FFFE000, 600, 0, 1700000000, bytes(range(100, 132)))
assert len(work) == 160
write("work-record.txt", "Clean jobs, validity 120, job 1122334455667788, lane 99aabbcc, height 125552,\n"
      "# counter 3<<32|7, header of block 125552, nonces 10000000..1fffffff, mask 1fffe000, roll 600,\n"
      "# gateway time 1700000000, target octets 100..131.", (work + code(b"work-record", work)).hex())

share = struct.pack("<BBHIQQIII", 1, 0, 0, 0x20002004, 0x0000000300000009, 0x1122334455667788, 0x99AABBCC,
                    1305998791, 0x9546A142)
write("share.txt", "Version 20002004, sequence 3<<32|9, job 1122334455667788, lane 99aabbcc,\n"
      "# ntime 1305998791, nonce 9546a142.", (share + code(b"share", share)[:16]).hex())

write("verdict.txt", "BlockFound, nonce 9546a142, sequence 3<<32|9, job 1122334455667788, work 4295032833.",
      struct.pack("<BBHIQQQ", 1, 1, 0, 0x9546A142, 0x0000000300000009, 0x1122334455667788, 4295032833).hex())

write("job-notice.txt", "Clean jobs, height 125552, job 1122334455667788.",
      struct.pack("<BBHIQ", 1, 1, 0, 125552, 0x1122334455667788).hex())

command = struct.pack("<BBHIQ", 1, 5, 0, 40, 0x0102030405060708)
write("command.txt", "SetDutyPercent 40, counter 0102030405060708.", (command + code(b"command", command)[:16]).hex())
text = b"gateway-2.home:8080:1883"
command = struct.pack("<BBHIQ", 1, 6, len(text), 0, 0x0102030405060708) + text
write("command-text.txt", "SetGateway gateway-2.home:8080:1883, counter 0102030405060708.",
      (command + code(b"command", command)[:16]).hex())

refusal = struct.pack("<BBHIQQ", 1, 3, 30, 0, 0x0000000300000007, 0x0000000500000001)
write("refusal.txt", "CounterReplayed, retry after 30, counter 3<<32|7, floor 5<<32|1.",
      (refusal + code(b"refusal", refusal)).hex())

# Block 170's second transaction, the first payment ever; its branch has one level.
txid = bytes.fromhex("169e1e83e930853391bc6f35f605c6754cfead57cf8387639d3b4096c54f18f4")
neighbour = bytes.fromhex("82501c1178fa0b222c1f3d474ec726b832013f0a532b44bb620cce8624a5feb1")
block170 = bytes.fromhex(
    "0100000055bd840a78798ad0da853f68974f3d183e2bd1db6a842c1feecf222a00000000ff104ccb05421ab93e63f8c3ce5c2c2e9dbb37de"
    "2764b3a3175c8166562cac7d51b96a49ffff001d283e9e70")
proof = struct.pack("<BBBBHHQII", 1, 1, 1, 1, 20, 0, 0x1122334455667788, 1, 0x1D00FFFF) + txid + neighbour + block170
assert len(proof) == 24 + 64 + 80
proof += code(b"proof", proof)[:16]
write("proof-task.txt", "Place 1, 20 s, task 1122334455667788, greatest target 1d00ffff,\n"
      "# txid, branch and header of block 170.", proof.hex())
write("proof-headers.txt", "The same header without a transaction.", (lambda p: (p + code(b"proof", p)[:16]).hex())(
    struct.pack("<BBBBHHQII", 1, 0, 0, 1, 20, 0, 0x1122334455667788, 0, 0x1D00FFFF) + bytes(32) + block170))


def twice(octets):
    return hashlib.sha256(hashlib.sha256(octets).digest()).digest()


root = twice(neighbour + txid)
assert root == block170[36:68]
trace = bytes(a ^ b for a, b in zip(root, twice(block170)))
finding = struct.pack("<BBBBIQ32s", 1, 1, 0, 0, 1234, 0x1122334455667788, trace)
write("finding.txt", "Valid, 1234 ms, about the task of proof-task.txt.",
      (finding + code(b"finding", finding + proof)[:16]).hex())

counter = struct.pack("<Q", 0x0000000300000007)
write("credential.txt", "Counter 3<<32|7: the HTTP header field's value, and the MQTT password.",
      "Micro kitchen-7:0000000300000007:" + code(b"work", counter).hex(),
      "0000000300000007" + code(b"mqtt", counter).hex())

bought = struct.pack("<QQ", 0x0000000300000007, 1000) + b"site:news\0GET\0/articles/1?page=2"
write("payment.txt", "Counter 3<<32|7, at most 1000 msat, GET /articles/1?page=2 of site:news.",
      "Micro kitchen-7:0000000300000007:00000000000003e8:" + code(b"pay", bought).hex())

write("telemetry.txt", "All members; only the first and the last.",
      '{"v":1,"firmware":"0.1.0","scanner":"managed-unrolled","state":"mining","uptime_s":86400,"hashes":17280000,'
      '"hash_rate":200,"accepted":12,"rejected":1,"best_work":81234,"free_memory":90112,"rssi":-61,"temperature":43}',
      '{"v":1,"firmware":"0.1.0","temperature":-5}')
