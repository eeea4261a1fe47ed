#include "MicroFirmware_Native.h"

// In the order of the methods of MicroFirmware.Native: a shifted row runs the wrong function under a right checksum.
// tests/style compares table, checksum and version with the compiled assembly.
// clang-format off
static const CLR_RT_MethodHandler method_lookup[] =
{
    Library_MicroFirmware_Native_MicroFirmware_Native_NativeScan::Start___STATIC__BOOLEAN__SZARRAY_U1__U4__U4__U4,
    Library_MicroFirmware_Native_MicroFirmware_Native_NativeScan::Poll___STATIC__I4__SZARRAY_U4,
    Library_MicroFirmware_Native_MicroFirmware_Native_NativeScan::Stop___STATIC__VOID,
    Library_MicroFirmware_Native_MicroFirmware_Native_NativeScan::StepDown___STATIC__BOOLEAN,
    Library_MicroFirmware_Native_MicroFirmware_Native_NativeScan::ReadKernelName___STATIC__I4__SZARRAY_U1,
    Library_MicroFirmware_Native_MicroFirmware_Native_NativeScan::ReadKernelReason___STATIC__I4__SZARRAY_U1,
    Library_MicroFirmware_Native_MicroFirmware_Native_NativeScan::Temperature___STATIC__I4,
    Library_MicroFirmware_Native_MicroFirmware_Native_NativeScan::StartWatchdog___STATIC__BOOLEAN__I4,
    Library_MicroFirmware_Native_MicroFirmware_Native_NativeScan::FeedWatchdog___STATIC__VOID,
};

const CLR_RT_NativeAssemblyData g_CLR_AssemblyNative_MicroFirmware_Native =
{
    "MicroFirmware.Native",
    0xCD0A5219,
    method_lookup,
    { 100, 0, 0, 1 }
};
// clang-format on
