#ifndef MICROFIRMWARE_NATIVE_H
#define MICROFIRMWARE_NATIVE_H

#include <nanoCLR_Interop.h>
#include <nanoCLR_Runtime.h>
#include <nanoPackStruct.h>

// One declaration per extern method of MicroFirmware.Native.NativeScan; names as the metadata processor forms them.
struct Library_MicroFirmware_Native_MicroFirmware_Native_NativeScan
{
    NANOCLR_NATIVE_DECLARE(Start___STATIC__BOOLEAN__SZARRAY_U1__U4__U4__U4);
    NANOCLR_NATIVE_DECLARE(Poll___STATIC__I4__SZARRAY_U4);
    NANOCLR_NATIVE_DECLARE(Stop___STATIC__VOID);
    NANOCLR_NATIVE_DECLARE(StepDown___STATIC__BOOLEAN);
    NANOCLR_NATIVE_DECLARE(ReadKernelName___STATIC__I4__SZARRAY_U1);
    NANOCLR_NATIVE_DECLARE(ReadKernelReason___STATIC__I4__SZARRAY_U1);
    NANOCLR_NATIVE_DECLARE(Temperature___STATIC__I4);
    NANOCLR_NATIVE_DECLARE(StartWatchdog___STATIC__BOOLEAN__I4);
    NANOCLR_NATIVE_DECLARE(FeedWatchdog___STATIC__VOID);
};

extern const CLR_RT_NativeAssemblyData g_CLR_AssemblyNative_MicroFirmware_Native;

#endif
