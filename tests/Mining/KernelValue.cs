namespace MicroFirmware.Mining.Tests;

/// <summary>A value in the kernel's text: a number known now, the name of a local, or nothing.</summary>
internal readonly record struct KernelValue(string Text, uint Number = 0)
{
    public static readonly KernelValue None = new("");

    public bool IsNone => Text is "";

    public bool IsConstant => Text is null;

    public static implicit operator KernelValue(uint number) => new(null!, number);

    /// <summary>
    /// A number is written doubled: only its lower half counts, and such a literal needs no conversion.
    /// </summary>
    public override string ToString() => Text ?? $"0x{Number:x8}{Number:x8}UL";
}
