using System.Buffers.Binary;
using System.Text;
using MicroFirmware.Hardware;

namespace MicroFirmware.KernelForge.Emit;

/// <summary>
/// Writes a chip's rungs for a build that copies them to executable RAM: <c>mf_loops.h</c>, the machine code of their
/// loops as constants and their table, on top of hardware/kernels/mf_rungs.h. Taken from the images, so that a firmware
/// runs the octets that were tested and needs no assembler for them.
/// </summary>
internal static class LoopTable
{
    private const int WordsPerLine = 8;

    /// <summary>Writes the file.</summary>
    /// <param name="chip">The chip.</param>
    /// <param name="rungs">Images that begin with a generated loop, from the safest to the fastest.</param>
    /// <param name="read">Reads an image.</param>
    /// <param name="folder">Where to.</param>
    public static void Write(
        Chip chip, IEnumerable<KernelImage> rungs, Func<KernelImage, byte[]> read, string folder)
    {
        List<KernelImage> list = [.. rungs];
        var family = chip.Sha.Engine == ShaEngineKind.Classic ? "classic" : "memory";
        StringBuilder text = new();
        text.Append($"// The loops of {chip.Name}: written by tools/KernelForge.\n");
        text.Append("#ifndef MF_LOOPS_H\n#define MF_LOOPS_H\n\n#include \"mf_rungs.h\"\n\nnamespace mf {\n\n");
        text.Append($"using engine_family = {family}_family;\nusing engine_registers = {family}_registers;\n");
        foreach (var rung in list)
        {
            AppendLoop(text, rung, read(rung));
        }

        text.Append("\n// From the safest to the fastest.\ninline constexpr rung generated_rungs[] = {\n");
        foreach (var rung in list)
        {
            text.Append($"    {{\"{rung.Kernel}\", scan_generated<engine_family, loop_{Name(rung)}>, ");
            text.Append($"{rung.BlockCycles}}},\n");
        }

        text.Append($"}};\ninline constexpr int generated_rung_count = {list.Count};\n\n");
        text.Append("}  // namespace mf\n\n#endif\n");
        File.WriteAllText(Path.Combine(folder, "mf_loops.h"), text.ToString());
    }

    private static void AppendLoop(StringBuilder text, KernelImage rung, byte[] image)
    {
        var name = Name(rung);
        text.Append($"\nalignas(16) inline constexpr word words_{name}[] = {{");
        for (var at = 0; at < rung.IramBytes; at += 4)
        {
            text.Append(at % (4 * WordsPerLine) == 0 ? "\n    " : " ");
            text.Append($"0x{BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan(at)):x8},");
        }

        text.Append("\n};\n");
        text.Append($"inline constexpr loop_code loop_{name} = {{words_{name}, words_{name} + {rung.IramBytes / 4}, ");
        text.Append($"words_{name} + {rung.LoopEntry / 4}, {{{rung.HardwareNonces}, {rung.SoftwareNonces}}}}};\n");
    }

    private static string Name(KernelImage rung) => rung.Kernel.Replace('-', '_');
}
