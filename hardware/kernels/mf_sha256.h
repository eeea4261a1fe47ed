// SHA-256 (FIPS 180-4) on words: constants, functions, one compact compression and one unrolled round.
#ifndef MF_SHA256_H
#define MF_SHA256_H

#include <stdint.h>

#define MF_INLINE inline __attribute__((always_inline))

namespace mf {

using word = uint32_t;

// FIPS 180-4 §4.2.2
inline constexpr word round_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

// FIPS 180-4 §5.3.3
inline constexpr word initial_state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                          0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

// Padding of the header's second block (80 octets) and of the digest's block (32 octets).
inline constexpr word padding = 0x80000000;
inline constexpr word header_bits = 640;
inline constexpr word digest_bits = 256;

MF_INLINE constexpr word rotr(word x, int n) { return (x >> n) | (x << (32 - n)); }
MF_INLINE constexpr word big_sigma0(word a) { return rotr(a, 2) ^ rotr(a, 13) ^ rotr(a, 22); }
MF_INLINE constexpr word big_sigma1(word e) { return rotr(e, 6) ^ rotr(e, 11) ^ rotr(e, 25); }
MF_INLINE constexpr word small_sigma0(word x) { return rotr(x, 7) ^ rotr(x, 18) ^ (x >> 3); }
MF_INLINE constexpr word small_sigma1(word x) { return rotr(x, 17) ^ rotr(x, 19) ^ (x >> 10); }
MF_INLINE constexpr word choose(word e, word f, word g) { return g ^ (e & (f ^ g)); }
MF_INLINE constexpr word majority(word a, word b, word c) { return ((a ^ b) & (b ^ c)) ^ b; }

// As shifts and masks: GCC for RV32 without Zbb would call a library function for the builtin.
MF_INLINE constexpr word byte_swap(word x) {
    return (x << 24) | ((x & 0xff00) << 8) | ((x >> 8) & 0xff00) | (x >> 24);
}

// One round on a state that is not moved: a is s[-round mod 8], and so on.
MF_INLINE constexpr void sha_round(word (&s)[8], int round, word constant_plus_word) {
    word &d = s[(3 - round) & 7], &h = s[(7 - round) & 7];
    const word a = s[(0 - round) & 7], b = s[(1 - round) & 7], c = s[(2 - round) & 7];
    const word e = s[(4 - round) & 7], f = s[(5 - round) & 7], g = s[(6 - round) & 7];
    const word t = h + big_sigma1(e) + choose(e, f, g) + constant_plus_word;
    d += t;
    h = t + big_sigma0(a) + majority(a, b, c);
}

// Schedule word of this round in a ring of 16; rounds 0..15 take it as it is.
MF_INLINE constexpr word schedule(word (&w)[16], int round) {
    if (round >= 16) {
        w[round & 15] += small_sigma0(w[(round + 1) & 15]) + w[(round + 9) & 15] + small_sigma1(w[(round + 14) & 15]);
    }
    return w[round & 15];
}

// Rounds First..End-1, unrolled; what the compiler knows about words and state is folded away.
template <int First, int End>
MF_INLINE constexpr void rounds(word (&s)[8], word (&w)[16]) {
    if constexpr (First < End) {
        sha_round(s, First, round_constants[First] + schedule(w, First));
        rounds<First + 1, End>(s, w);
    }
}

// The compact form, for what runs rarely: state := compress(state, block).
inline void compress(word (&state)[8], const word (&block)[16]) {
    word s[8], w[16];
    for (int i = 0; i < 8; i++) {
        s[i] = state[i];
    }
    for (int i = 0; i < 16; i++) {
        w[i] = block[i];
    }
    for (int round = 0; round < 64; round++) {
        sha_round(s, round, round_constants[round] + schedule(w, round));
    }
    for (int i = 0; i < 8; i++) {
        state[i] += s[i];
    }
}

}  // namespace mf

#endif
