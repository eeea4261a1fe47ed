// The two functions that a freestanding compiler may call for copies and clears of structures. All structures are
// words, and the ESP32's instruction RAM, where constants lie, can be read by words only.
#include <stddef.h>
#include <stdint.h>

extern "C" void *memcpy(void *to, const void *from, size_t octets) {
    uint32_t *t = static_cast<uint32_t *>(to);
    const uint32_t *f = static_cast<const uint32_t *>(from);
    for (size_t i = 0; i < octets / 4; i++) {
        t[i] = f[i];
    }
    return to;
}

extern "C" void *memset(void *to, int value, size_t octets) {
    uint32_t *t = static_cast<uint32_t *>(to);
    for (size_t i = 0; i < octets / 4; i++) {
        t[i] = 0x01010101u * static_cast<uint8_t>(value);
    }
    return to;
}
