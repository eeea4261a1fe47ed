using System.Text.RegularExpressions;
using MicroFirmware.Style.Tests.Nano;
using Mono.Cecil;

namespace MicroFirmware.Style.Tests.Interop;

/// <summary>
/// The C++ table of hardware/interop against the compiled MicroFirmware.Native: a shifted row would call the wrong
/// function under a right checksum.
/// </summary>
public partial class NativeTableTests
{
    private const string Folder = "hardware/interop/MicroFirmware.Native/";
    private const string TableFile = Folder + "MicroFirmware_Native.cpp";
    private const string HeaderFile = Folder + "MicroFirmware_Native.h";
    private const string MethodsFile = Folder + "MicroFirmware_Native_MicroFirmware_Native_NativeScan.cpp";

    [Fact]
    public void Table_in_cpp_hasTheRowsOfTheAssembly()
    {
        using AssemblyDefinition assembly = Native();
        string table = Between(Read(TableFile), "method_lookup[] =", "};");

        IEnumerable<string> rows = Row().Matches(table).Select(m => m.Groups[1].Value);

        Assert.Equal(NativeTable.Rows(assembly), rows);
    }

    [Fact]
    public void Table_in_cpp_hasNameChecksumAndVersionOfTheAssembly()
    {
        using AssemblyDefinition assembly = Native();
        string data = Between(Read(TableFile), "g_CLR_AssemblyNative_MicroFirmware_Native =", "};");
        string version = (string)assembly.CustomAttributes
            .Single(a => a.AttributeType.Name == "AssemblyNativeVersionAttribute").ConstructorArguments[0].Value;

        Assert.Contains($"\"{assembly.Name.Name}\",", data);
        Assert.Contains($"0x{NativeTable.Checksum(assembly):X8},", data);
        Assert.Contains($"{{ {version.Replace(".", ", ")} }}", data);
    }

    [Fact]
    public void Methods_of_the_assembly_areDeclaredAndDefinedOnce()
    {
        using AssemblyDefinition assembly = Native();
        string[] methods = [.. NativeTable.Rows(assembly).Where(r => r != NativeTable.ManagedRow)
            .Select(r => r.Split("::")[1])];

        Assert.Equal(methods, Declared().Matches(Read(HeaderFile)).Select(m => m.Groups[1].Value));
        Assert.Equal(methods, Defined().Matches(Read(MethodsFile)).Select(m => m.Groups[1].Value));
    }

    /// <summary>Checksums that the metadata processor's own tests (NativeMethodsCrcTests) expect.</summary>
    [Fact]
    public void Checksum_of_known_methods_isTheMetadataProcessors()
    {
        uint one = NativeTable.Crc32("DummyExternMethod___VOID", 0);
        uint two = NativeTable.Crc32("TestNFApp" + "TestNFApp_OneClassOverAll" + "DummyExternMethod___VOID", one);

        Assert.Equal(519713657u, one);
        Assert.Equal(1574868855u, two);
        Assert.Equal(2748897355u, NativeTable.Crc32(NativeTable.ManagedRow, two));
    }

    [Fact]
    public void Stock_application_doesNotReferToTheNativeAssembly()
    {
        string stock = ChipAssemblies.Own.Single(p => p.EndsWith("MicroFirmware.Device.exe"));

        Assert.DoesNotContain("MicroFirmware.Native", References(stock));
        Assert.Contains("MicroFirmware.Native", References(ChipAssemblies.DeviceWithNative));
    }

    private static IEnumerable<string> References(string path)
    {
        using AssemblyDefinition assembly = ChipAssemblies.Read(path);
        return [.. assembly.MainModule.AssemblyReferences.Select(r => r.Name)];
    }

    private static AssemblyDefinition Native() =>
        ChipAssemblies.Read(ChipAssemblies.Own.Single(p => p.EndsWith("MicroFirmware.Native.dll")));

    private static string Read(string file) => File.ReadAllText(Repository.Absolute(file));

    private static string Between(string text, string start, string end)
    {
        int from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }

    [GeneratedRegex(@"^\s+(\w+::\w+|NULL),", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"NANOCLR_NATIVE_DECLARE\((\w+)\);")]
    private static partial Regex Declared();

    [GeneratedRegex(@"^HRESULT NativeScan::(\w+)\(", RegexOptions.Multiline)]
    private static partial Regex Defined();
}
