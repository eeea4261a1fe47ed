// Register offsets of the SHA engines in octets; tests/KernelForge checks them against hardware/chips.
#ifndef MF_REGISTERS_H
#define MF_REGISTERS_H

#include <stdint.h>

namespace mf {

// ESP32 (TRM 5.6 §16.4). TEXT[i] is 4 * i.
struct classic_registers {
    static constexpr uint32_t text = 0x00;
    static constexpr uint32_t start = 0x90;
    static constexpr uint32_t resume = 0x94;  // CONTINUE
    static constexpr uint32_t load = 0x98;
    static constexpr uint32_t busy = 0x9C;
};

// ESP32-S2, S3, C3, C6 (ESP32-S3 TRM 1.7 §19.4). Memories are octet streams: a SHA word is stored byte-swapped.
struct memory_registers {
    static constexpr uint32_t mode = 0x00;
    static constexpr uint32_t start = 0x10;
    static constexpr uint32_t resume = 0x14;  // CONTINUE
    static constexpr uint32_t busy = 0x18;
    static constexpr uint32_t state = 0x40;
    static constexpr uint32_t message = 0x80;
    static constexpr uint32_t mode_sha256 = 2;
};

}  // namespace mf

#endif
