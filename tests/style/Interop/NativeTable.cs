using System.Text;
using Mono.Cecil;

namespace MicroFirmware.Style.Tests.Interop;

/// <summary>
/// The native table of an assembly as nanoFramework's metadata processor makes it: one row a method, in its order, and
/// the checksum that the chip compares. The checksum does not notice a method without native code that moves the rows.
/// </summary>
internal static class NativeTable
{
    /// <summary>Stands for a method that has IL.</summary>
    public const string ManagedRow = "NULL";

    private static readonly Dictionary<string, string> s_typeCodes = new()
    {
        ["System.Void"] = "VOID", ["System.Boolean"] = "BOOLEAN",
        ["System.Char"] = "CHAR", ["System.String"] = "STRING",
        ["System.SByte"] = "I1", ["System.Int16"] = "I2", ["System.Int32"] = "I4", ["System.Int64"] = "I8",
        ["System.Byte"] = "U1", ["System.UInt16"] = "U2", ["System.UInt32"] = "U4", ["System.UInt64"] = "U8",
        ["System.Single"] = "R4", ["System.Double"] = "R8", ["System.Object"] = "OBJECT",
    };

    /// <summary>Rows as they stand in the C++ table: <c>class::method</c>, or <see cref="ManagedRow"/>.</summary>
    public static IEnumerable<string> Rows(AssemblyDefinition assembly) => Methods(assembly).Select(m =>
        IsNative(m) ? $"Library_{Underscored(assembly.Name.Name)}_{ClassName(m)}::{MethodName(m)}" : ManagedRow);

    /// <summary>The checksum over all rows.</summary>
    public static uint Checksum(AssemblyDefinition assembly)
    {
        uint crc = 0;
        bool first = true;
        foreach (MethodDefinition method in Methods(assembly))
        {
            if (IsNative(method))
            {
                // As the processor does it: of the first native method only its own name is counted.
                string scope = first ? "" : assembly.Name.Name + ClassName(method);
                crc = Crc32(scope + MethodName(method), first ? 0 : crc);
                first = false;
            }
            else
            {
                crc = Crc32(ManagedRow, crc);
            }
        }

        return first ? 0 : crc;
    }

    /// <summary>CRC-32 of ZModem's polynomial, most significant bit first, nothing inverted.</summary>
    public static uint Crc32(string text, uint crc)
    {
        foreach (byte octet in Encoding.ASCII.GetBytes(text))
        {
            crc ^= (uint)octet << 24;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x80000000) != 0 ? (crc << 1) ^ 0x04C11DB7 : crc << 1;
            }
        }

        return crc;
    }

    /// <summary>
    /// Virtual methods first, then those of instances, then static ones; otherwise as they were compiled.
    /// </summary>
    private static IEnumerable<MethodDefinition> Methods(AssemblyDefinition assembly) =>
        from type in assembly.MainModule.GetTypes().Where(t => t.FullName != "<Module>").OrderBy(t => t.FullName)
        where !type.IsInterface && !type.IsEnum && type.BaseType?.FullName != "System.MulticastDelegate"
        from method in type.Methods.OrderBy(m => m.IsVirtual ? 0 : m.IsStatic ? 2 : 1)
        select method;

    private static bool IsNative(MethodDefinition method) => method.RVA == 0 && !method.IsAbstract;

    private static string ClassName(MethodDefinition method) => Underscored(method.DeclaringType.FullName);

    private static string MethodName(MethodDefinition method)
    {
        IEnumerable<TypeReference> types = method.Parameters.Select(p => p.ParameterType).Prepend(method.ReturnType);
        return $"{method.Name}___{(method.IsStatic ? "STATIC__" : "")}{string.Join("__", types.Select(TypeCode))}";
    }

    private static string TypeCode(TypeReference type) => type switch
    {
        ArrayType array => "SZARRAY_" + TypeCode(array.ElementType),
        ByReferenceType reference => "BYREF_" + TypeCode(reference.ElementType),
        _ => s_typeCodes[type.FullName],
    };

    private static string Underscored(string name) => name.Replace('.', '_');
}
