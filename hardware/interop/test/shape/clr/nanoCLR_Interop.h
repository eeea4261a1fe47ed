// What the stubs use of the CLR's headers, with names and types as nf-interpreter has them, so that they can be
// compiled and called on a computer. Written for this test; no part of an image.
#ifndef SHAPE_NANOCLR_INTEROP_H
#define SHAPE_NANOCLR_INTEROP_H

#include <stddef.h>
#include <stdint.h>

typedef int32_t HRESULT;
typedef int32_t CLR_INT32;
typedef uint32_t CLR_UINT32;
typedef uint8_t CLR_UINT8;

constexpr HRESULT S_OK = 0;
constexpr HRESULT CLR_E_INVALID_PARAMETER = static_cast<HRESULT>(0xfd000000);
constexpr HRESULT CLR_E_ARGUMENT_NULL = static_cast<HRESULT>(0xf6000000);

struct CLR_RT_HeapBlock_Array
{
    CLR_UINT32 m_numOfElements;
    CLR_UINT8 *elements;

    CLR_UINT8 *GetFirstElement() { return elements; }
};

struct CLR_RT_HeapBlock
{
    union numeric {
        CLR_INT32 s4;
        CLR_UINT32 u4;
    } number;
    CLR_RT_HeapBlock_Array *array;

    numeric &NumericByRef() { return number; }
    CLR_RT_HeapBlock_Array *DereferenceArray() { return array; }
};

struct CLR_RT_StackFrame
{
    CLR_RT_HeapBlock arguments[4];
    CLR_INT32 result;

    CLR_RT_HeapBlock &Arg0() { return arguments[0]; }
    CLR_RT_HeapBlock &Arg1() { return arguments[1]; }
    CLR_RT_HeapBlock &Arg2() { return arguments[2]; }
    CLR_RT_HeapBlock &Arg3() { return arguments[3]; }
    void SetResult_Boolean(bool value) { result = value ? 1 : 0; }
    void SetResult_I4(CLR_INT32 value) { result = value; }
};

typedef HRESULT (*CLR_RT_MethodHandler)(CLR_RT_StackFrame &stack);

struct CLR_RT_NativeAssemblyData
{
    const char *m_szAssemblyName;
    CLR_UINT32 m_checkSum;
    const CLR_RT_MethodHandler *m_pNativeMethods;
    struct
    {
        uint16_t iMajorVersion, iMinorVersion, iBuildNumber, iRevisionNumber;
    } m_Version;
};

#define NANOCLR_NATIVE_DECLARE(name) static HRESULT name(CLR_RT_StackFrame &stack)
#define NANOCLR_HEADER() HRESULT hr
#define NANOCLR_SET_AND_LEAVE(value) \
    {                                \
        hr = value;                  \
        goto nanoCLR_Cleanup;        \
    }
#define FAULT_ON_NULL_ARG(pointer) \
    if ((pointer) == NULL)         \
    NANOCLR_SET_AND_LEAVE(CLR_E_ARGUMENT_NULL)
#define NANOCLR_NOCLEANUP() \
    hr = S_OK;              \
    nanoCLR_Cleanup:        \
    return hr
#define NANOCLR_NOCLEANUP_NOLABEL() \
    hr = S_OK;                      \
    return hr

#endif
