// The CLR's side of each method: takes arguments off the stack, asks mf_task or mf_system, puts the result back. CLR
// types stay in this file.
#include "MicroFirmware_Native.h"
#include "mf_system.h"
#include "mf_task.h"

typedef Library_MicroFirmware_Native_MicroFirmware_Native_NativeScan NativeScan;

namespace
{
const CLR_UINT32 progress_length = 3;
const CLR_INT32 watchdog_min_ms = 1000;
const CLR_INT32 watchdog_max_ms = 60000;

// Puts a text into the array that is the method's first argument, and its length into the result.
HRESULT WriteText(CLR_RT_StackFrame &stack, const char *text)
{
    NANOCLR_HEADER();

    CLR_UINT32 length = 0;

    CLR_RT_HeapBlock_Array *array = stack.Arg0().DereferenceArray();
    FAULT_ON_NULL_ARG(array);
    while (text != NULL && text[length] != 0 && length < array->m_numOfElements)
    {
        array->GetFirstElement()[length] = static_cast<CLR_UINT8>(text[length]);
        length++;
    }

    stack.SetResult_I4(static_cast<CLR_INT32>(length));

    NANOCLR_NOCLEANUP();
}
} // namespace

HRESULT NativeScan::Start___STATIC__BOOLEAN__SZARRAY_U1__U4__U4__U4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();

    CLR_RT_HeapBlock_Array *header = stack.Arg0().DereferenceArray();
    FAULT_ON_NULL_ARG(header);
    if (header->m_numOfElements != mf_task::header_octets)
    {
        NANOCLR_SET_AND_LEAVE(CLR_E_INVALID_PARAMETER);
    }

    stack.SetResult_Boolean(mf_task::start(
        header->GetFirstElement(),
        stack.Arg1().NumericByRef().u4,
        stack.Arg2().NumericByRef().u4,
        stack.Arg3().NumericByRef().u4));

    NANOCLR_NOCLEANUP();
}

HRESULT NativeScan::Poll___STATIC__I4__SZARRAY_U4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();

    mf_task::progress progress;
    CLR_UINT32 *numbers;

    CLR_RT_HeapBlock_Array *array = stack.Arg0().DereferenceArray();
    FAULT_ON_NULL_ARG(array);
    if (array->m_numOfElements < progress_length)
    {
        NANOCLR_SET_AND_LEAVE(CLR_E_INVALID_PARAMETER);
    }

    stack.SetResult_I4(static_cast<CLR_INT32>(mf_task::poll(&progress)));
    numbers = reinterpret_cast<CLR_UINT32 *>(array->GetFirstElement());
    numbers[0] = progress.hashes;
    numbers[1] = progress.nonce;
    numbers[2] = progress.next_nonce;

    NANOCLR_NOCLEANUP();
}

HRESULT NativeScan::Stop___STATIC__VOID(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();

    (void)stack;
    mf_task::stop();

    NANOCLR_NOCLEANUP_NOLABEL();
}

HRESULT NativeScan::StepDown___STATIC__BOOLEAN(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();

    stack.SetResult_Boolean(mf_task::step_down());

    NANOCLR_NOCLEANUP_NOLABEL();
}

HRESULT NativeScan::ReadKernelName___STATIC__I4__SZARRAY_U1(CLR_RT_StackFrame &stack)
{
    return WriteText(stack, mf_task::kernel_name());
}

HRESULT NativeScan::ReadKernelReason___STATIC__I4__SZARRAY_U1(CLR_RT_StackFrame &stack)
{
    return WriteText(stack, mf_task::kernel_reason());
}

HRESULT NativeScan::Temperature___STATIC__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();

    stack.SetResult_I4(mf_system::temperature());

    NANOCLR_NOCLEANUP_NOLABEL();
}

HRESULT NativeScan::StartWatchdog___STATIC__BOOLEAN__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();

    const CLR_INT32 timeout_ms = stack.Arg0().NumericByRef().s4;
    const bool in_range = timeout_ms >= watchdog_min_ms && timeout_ms <= watchdog_max_ms;
    stack.SetResult_Boolean(in_range && mf_system::start_watchdog(static_cast<uint32_t>(timeout_ms)));

    NANOCLR_NOCLEANUP_NOLABEL();
}

HRESULT NativeScan::FeedWatchdog___STATIC__VOID(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();

    (void)stack;
    mf_system::feed_watchdog();

    NANOCLR_NOCLEANUP_NOLABEL();
}
