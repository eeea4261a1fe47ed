// What all scanners share: plain re-hashing, the candidate rule, and the walk over a range in slices.
#ifndef MF_RANGE_H
#define MF_RANGE_H

#include "mf_scan.h"
#include "mf_sha256.h"

namespace mf {

// The hash's 32 most significant bits (digest octets 31..28), computed plainly.
inline word hash_top(const mf_work &work, word nonce) {
    word state[8];
    for (int i = 0; i < 8; i++) {
        state[i] = work.midstate[i];
    }
    const word block[16] = {work.tail[0], work.tail[1], work.tail[2], byte_swap(nonce), padding, 0, 0, 0, 0, 0, 0, 0,
                            0,            0,            0,            header_bits};
    compress(state, block);
    word second[16] = {};
    for (int i = 0; i < 8; i++) {
        second[i] = state[i];
        state[i] = initial_state[i];
    }
    second[8] = padding;
    second[15] = digest_bits;
    compress(state, second);
    return byte_swap(state[7]);
}

// True for what the first test of every scanner lets through.
MF_INLINE constexpr bool passes_filter(word last_digest_word) { return (last_digest_word & 0xffff) == 0; }

// Confirms a candidate in plain software. False if there is no room for it.
inline bool report(const mf_work &work, mf_range &range, word nonce) {
    const word top = hash_top(work, nonce);
    if (top > MF_THRESHOLD_MAX) {
        range.mismatches++;
        return true;
    }
    if (top > range.threshold) {
        range.verified++;
        return true;
    }
    if (range.found == MF_CANDIDATES) {
        return false;
    }
    range.verified++;
    range.nonces[range.found++] = nonce;
    return true;
}

// Walks the range. scan(first, count) tries up to count nonces and returns how many it has tried and reported; fewer
// means that nonces[] is full.
template <class Slice>
inline int32_t scan_range(mf_range &range, Slice scan, word default_slice = MF_SLICE_DEFAULT) {
    range.found = 0;
    if (range.threshold > MF_THRESHOLD_MAX) {
        return MF_BAD_THRESHOLD;
    }
    const word slice = range.slice ? range.slice : default_slice;
    while (range.count) {
        if (range.stop && *range.stop) {
            return MF_STOPPED;
        }
        const word count = range.count < slice ? range.count : slice;
        const word done = scan(range.first, count);
        range.first += done;
        range.count -= done;
        if (done < count) {
            return MF_FULL;
        }
    }
    return MF_DONE;
}

}  // namespace mf

#endif
