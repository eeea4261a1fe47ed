#include "../mf_software.h"
#include "entry.h"

int32_t mf_scan(const mf_work *work, mf_range *range, uintptr_t) { return mf::scan_software(*work, *range); }
