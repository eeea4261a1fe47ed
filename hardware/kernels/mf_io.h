// How a scanner reaches the engine's registers on the chip. The other policy is model/mf_model.h.
#ifndef MF_IO_H
#define MF_IO_H

#include "mf_sha256.h"

namespace mf {

struct mmio {
    uintptr_t base;

    // The compiler must not know the base: it would load a literal per register instead of using offsets.
    MF_INLINE explicit mmio(uintptr_t engine) : base(engine) { __asm__("" : "+r"(base)); }

    MF_INLINE void store(uint32_t offset, word value) const {
        *reinterpret_cast<volatile word *>(base + offset) = value;
    }

    MF_INLINE word load(uint32_t offset) const { return *reinterpret_cast<const volatile word *>(base + offset); }

    // Returns when every earlier store has reached the engine.
    MF_INLINE void fence() const {
#if defined(__XTENSA__)
        __asm__ volatile("memw" ::: "memory");
#elif defined(__riscv)
        __asm__ volatile("fence" ::: "memory");
#endif
    }
};

// The CPU's cycle counter; wraps.
MF_INLINE word cycle_count() {
    word cycles = 0;
#if defined(__XTENSA__)
    __asm__ volatile("rsr %0, ccount" : "=r"(cycles));
#elif defined(__riscv)
    __asm__ volatile("csrr %0, 0x7e2" : "=r"(cycles));  // mpccr of Espressif's RISC-V cores
#endif
    return cycles;
}

}  // namespace mf

#endif
