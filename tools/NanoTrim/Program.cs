using Mono.Cecil;

namespace MicroFirmware.NanoTrim;

/// <summary>
/// Writes an assembly again without the metadata that only compilers and debuggers read: names of parameters,
/// properties and events (their methods stay), constants (the code holds their values). The chip's build calls it.
/// </summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        if (args.Length != 2)
        {
            Console.Error.WriteLine("NanoTrim: name the compiled assembly and the file to write.");
            return 2;
        }

        // Deferred: attributes pass through unread, so that no other assembly need be found.
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(
            args[0], new ReaderParameters(ReadingMode.Deferred));
        foreach (TypeDefinition type in assembly.MainModule.GetTypes())
        {
            Trim(type);
        }

        assembly.Write(args[1]);
        return 0;
    }

    private static void Trim(TypeDefinition type)
    {
        type.Properties.Clear();
        type.Events.Clear();
        foreach (FieldDefinition constant in type.Fields.Where(f => f.IsLiteral).ToArray())
        {
            type.Fields.Remove(constant);
        }

        foreach (ParameterDefinition parameter in type.Methods.SelectMany(m => m.Parameters))
        {
            parameter.Name = "";
        }
    }
}
