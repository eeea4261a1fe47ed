namespace MicroFirmware.Hardware;

/// <summary>The memory a kernel needs.</summary>
/// <param name="IramBase">Address where kernels are linked and run.</param>
/// <param name="IramBytes">Bytes from there on that the emulator provides; a real image leaves fewer.</param>
/// <param name="DramBase">Address of stack and parameter blocks.</param>
/// <param name="DramBytes">Bytes from there on that the emulator provides.</param>
public sealed record ChipMemory(uint IramBase, int IramBytes, uint DramBase, int DramBytes);
