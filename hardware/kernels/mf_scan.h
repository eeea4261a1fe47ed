/*
 * mf_scan: the contract of every native nonce scanner.
 *
 * A scanner tries header nonces first, first+1, ... in the header's own numbering (header octets 76..79, little-endian,
 * wrapping at 2^32) and reports those whose double SHA-256 is small enough. It needs about 2 KB of stack, no heap, no
 * interrupt lock, and may be interrupted anywhere: every wait it counts is a minimum.
 *
 * The SHA engine belongs to the scanner while mf_scan runs: no other core, task or TLS session may touch it.
 */
#ifndef MF_SCAN_H
#define MF_SCAN_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Nonces one call can report; mf_scan returns MF_FULL rather than lose one. */
#define MF_CANDIDATES 16

/* The candidate rule: all scanners let a hash through if its 16 most significant bits (digest octets 31 and 30) are
 * zero, hash it again in plain software and report it if its 32 most significant bits, digest octets 31..28, do not
 * exceed mf_range.threshold. A threshold above this constant would need hashes that the first test drops. */
#define MF_THRESHOLD_MAX 0xFFFFu

/* Nonces between two looks at the stop flag when mf_range.slice is 0: 40 to 90 ms with an engine, in software
 * 85 to 155 ms. */
#define MF_SLICE_DEFAULT 32768u
#define MF_SLICE_SOFTWARE 4096u

enum mf_result {
    MF_DONE = 0,            /* the whole range was scanned: count is 0 */
    MF_STOPPED = 1,         /* *stop became non-zero: first and count say what is left */
    MF_FULL = 2,            /* no room in nonces[]: take them and call again with first and count as they are */
    MF_BAD_THRESHOLD = -1,  /* threshold above MF_THRESHOLD_MAX: nothing was scanned */
    MF_SELFTEST_FAILED = -2, /* mf_selftest: this scanner must not be used */
    MF_NO_MEMORY = -3       /* a generated loop does not fit the executable RAM there is: nothing was scanned */
};

/* What to hash: header octets 0..75 as the 32-bit words that SHA-256 reads (big-endian). 27 words. */
typedef struct mf_work {
    uint32_t head[16];    /* header octets 0..63 */
    uint32_t midstate[8]; /* SHA-256 state after them */
    uint32_t tail[3];     /* header octets 64..75: end of the merkle root, time, bits */
} mf_work;

/* Where to look, and what was found. 8 + MF_CANDIDATES words of 32 bits (the pointer is one on the chip). */
typedef struct mf_range {
    uint32_t first;                  /* in: first nonce; out: first nonce not scanned */
    uint32_t count;                  /* in: how many, up to 2^32 - 1; out: how many are left */
    uint32_t threshold;              /* in: see MF_THRESHOLD_MAX */
    uint32_t slice;                  /* in: nonces between two looks at stop; 0: default */
    const volatile uint32_t *stop;   /* in: stop when this becomes non-zero; may be null */
    uint32_t mismatches;             /* in/out: candidates that plain software did not confirm are added */
    uint32_t verified;               /* in/out: candidates that it did confirm (any threshold) are added */
    uint32_t found;                  /* out: entries of nonces[] */
    uint32_t nonces[MF_CANDIDATES];  /* out: in no particular order */
} mf_range;

/* Scans. engine is the address of the SHA engine's first register; software scanners ignore it. Returns mf_result. */
int32_t mf_scan(const mf_work *work, mf_range *range, uintptr_t engine);

/* Scans ranges around known headers and compares with plain software. Returns MF_DONE or MF_SELFTEST_FAILED. */
int32_t mf_selftest(uintptr_t engine);

#ifdef __cplusplus
}
#endif

#endif
