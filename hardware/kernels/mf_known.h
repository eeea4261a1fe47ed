// Known headers, and every nonce near theirs that passes the candidate rule: what self-test and calibration scan.
#ifndef MF_KNOWN_H
#define MF_KNOWN_H

#include "mf_range.h"

namespace mf {

struct known_header {
    word head[16];
    word tail[3];
    word nonce;        // the block's own
    int count;         // entries of offsets
    int32_t offsets[22];  // ascending: nonce + offset passes, and nothing between them does
};

// Computed with a general-purpose SHA-256 over nonce - 2^19 .. nonce + 2^19 - 1.
inline constexpr known_header known_headers[] = {
    // Bitcoin mainnet block 0
    {{0x01000000, 0, 0, 0, 0, 0, 0, 0, 0, 0x3ba3edfd, 0x7a7b12b2, 0x7ac72c3e, 0x67768f61, 0x7fc81bc3, 0x888a5132,
      0x3a9fb8aa},
     {0x4b1e5e4a, 0x29ab5f49, 0xffff001d},
     2083236893,
     19,
     {-496328, -468373, -371930, -281222, -253932, -211265, -199149, -190078, -189435, 0, 23281,
      132286,  156574,  202726,  204663,  291445,  378324,  425222,  461149}},
    // Bitcoin mainnet block 125552
    {{0x01000000, 0x81cd02ab, 0x7e569e8b, 0xcd9317e2, 0xfe99f2de, 0x44d49ab2, 0xb8851ba4, 0xa3080000, 0x00000000,
      0xe320b6c2, 0xfffc8d75, 0x0423db8b, 0x1eb942ae, 0x710e951e, 0xd797f7af, 0xfc8892b0},
     {0xf1fc122b, 0xc7f5d74d, 0xf2b9441a},
     2504433986,
     22,
     {-502840, -491273, -417749, -365690, -154634, -145306, -135829, -112800, -32848, 0,      73467,
      94009,   132294,  152165,  154376,  172282,  203387,  242052,  370641,  380626, 462156, 491852}},
};

inline mf_work work_of(const known_header &known) {
    mf_work work;
    for (int i = 0; i < 16; i++) {
        work.head[i] = known.head[i];
    }
    for (int i = 0; i < 8; i++) {
        work.midstate[i] = initial_state[i];
    }
    compress(work.midstate, work.head);
    for (int i = 0; i < 3; i++) {
        work.tail[i] = known.tail[i];
    }
    return work;
}

// Scans from the candidate with index `from` to the one with index `to`; true if exactly those between are found and
// plain software confirms every one. scan is mf_scan without its last parameter.
template <class Scan>
inline bool finds_known(const known_header &known, int from, int to, Scan scan) {
    const mf_work work = work_of(known);
    mf_range range = {};
    range.threshold = MF_THRESHOLD_MAX;
    range.first = known.nonce + static_cast<word>(known.offsets[from]);
    range.count = static_cast<word>(known.offsets[to] - known.offsets[from]) + 1;
    word seen = 0;
    for (int32_t result = MF_FULL; result == MF_FULL;) {
        result = scan(work, range);
        for (word i = 0; i < range.found; i++) {
            int k = from;
            while (k <= to && known.nonce + static_cast<word>(known.offsets[k]) != range.nonces[i]) {
                k++;
            }
            if (k > to || (seen >> k & 1)) {
                return false;
            }
            seen |= 1u << k;
        }
    }
    return range.count == 0 && range.mismatches == 0 && seen == (2u << to) - (1u << from);
}

// What a scanner must pass before it is used: 32,849 nonces before the nonce of block 125552, and block 0's own.
template <class Scan>
inline int32_t selftest(Scan scan) {
    return finds_known(known_headers[1], 8, 9, scan) && finds_known(known_headers[0], 9, 9, scan) ? MF_DONE
                                                                                              : MF_SELFTEST_FAILED;
}

}  // namespace mf

#endif
