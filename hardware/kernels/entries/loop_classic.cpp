#include "../mf_classic.h"
#include "../mf_loop.h"
#include "entry.h"

int32_t mf_scan(const mf_work *work, mf_range *range, uintptr_t engine) {
    const mf::mmio io(engine);
    const auto rest = [&](mf_range &r, mf::word first, mf::word count) {
        return mf::scan_plain(mf::classic<mf::mmio>{*work, io}, r, first, count);
    };
    const mf::loop_shape shape = {MF_HARDWARE_NONCES, MF_SOFTWARE_NONCES};
    return mf::scan_loop<mf::classic_family>(*work, *range, shape, engine, mf_loop, rest);
}
