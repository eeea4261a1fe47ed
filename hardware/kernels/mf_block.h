// The parameter block of a generated loop, and what goes into it.
//
// The order of the words is tools/KernelForge's BlockWord; a test holds the two in step.
#ifndef MF_BLOCK_H
#define MF_BLOCK_H

#include "mf_range.h"

namespace mf {

// Candidates that one run can note; `found` counts on beyond.
inline constexpr word hit_capacity = 8;

struct hit {
    word passes_left;  // value of `passes` during the pass
    word index;        // nonce within the pass; that of the software stream comes behind all of the engine's
};

struct mf_block {
    // Control: the loop writes these back.
    word passes;
    word nonce;       // engine: classic the first, as SHA-256 reads it; memory the first of the pass
    word soft_nonce;  // software: the one before the first
    word found;
    hit hits[hit_capacity];

    // The engine's stream.
    word engine;     // address of the engine's first register
    word state[16];  // classic: header words 0..15; memory: the midstate, as octets, in the first eight
    word tail[3];    // header words 16..18, in the engine's order

    // The software stream: state after rounds 0..2, and a and e after round 3 without the nonce.
    word a3, e3;
    word a2, b2, c2, e2, f2;
    word axorb, exorf;
    word h4, h5, h6;  // h of rounds 4..6 with constant and schedule word

    // Schedule words without the nonce; kw with the round's constant.
    word w16, w17, kw16, kw17;
    word w18, w19, w31, w32;
    word midstate[8];
};

// Fills in what depends on the work only.
inline void prepare_software(mf_block &block, const mf_work &work) {
    word s[8];
    for (int i = 0; i < 8; i++) {
        s[i] = block.midstate[i] = work.midstate[i];
    }
    for (int round = 0; round < 3; round++) {
        sha_round(s, round, round_constants[round] + work.tail[round]);
    }
    // sha_round does not move the state: after three rounds a is in place 5, b in 6, and so on.
    const word a = s[5], b = s[6], c = s[7], d = s[0], e = s[1], f = s[2], g = s[3], h = s[4];
    const word t = h + big_sigma1(e) + choose(e, f, g) + round_constants[3];
    block.a3 = t + big_sigma0(a) + majority(a, b, c);
    block.e3 = d + t;
    block.a2 = a;
    block.b2 = b;
    block.c2 = c;
    block.e2 = e;
    block.f2 = f;
    block.axorb = a ^ b;
    block.exorf = e ^ f;
    block.h4 = g + round_constants[4] + padding;
    block.h5 = f + round_constants[5];
    block.h6 = e + round_constants[6];
    block.w16 = work.tail[0] + small_sigma0(work.tail[1]);
    block.w17 = work.tail[1] + small_sigma0(work.tail[2]) + small_sigma1(header_bits);
    block.kw16 = round_constants[16] + block.w16;
    block.kw17 = round_constants[17] + block.w17;
    block.w18 = work.tail[2] + small_sigma1(block.w16);
    block.w19 = small_sigma0(padding) + small_sigma1(block.w17);
    block.w31 = header_bits + small_sigma0(block.w16);
    block.w32 = block.w16 + small_sigma0(block.w17);
}

inline void prepare_classic(mf_block &block, const mf_work &work) {
    for (int i = 0; i < 16; i++) {
        block.state[i] = work.head[i];
    }
    for (int i = 0; i < 3; i++) {
        block.tail[i] = work.tail[i];
    }
}

inline void prepare_memory(mf_block &block, const mf_work &work) {
    for (int i = 0; i < 8; i++) {
        block.state[i] = byte_swap(work.midstate[i]);
    }
    for (int i = 0; i < 3; i++) {
        block.tail[i] = byte_swap(work.tail[i]);
    }
}

}  // namespace mf

#endif
