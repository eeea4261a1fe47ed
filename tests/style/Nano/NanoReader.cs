using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MicroFirmware.Style.Tests.Nano;

/// <summary>
/// Reads a compiled assembly for what nanoFramework 1.x cannot run although the compiler lets it pass: most of it
/// crashes the chip or silently computes something else.
/// </summary>
internal static class NanoReader
{
    /// <summary>The metadata tables of a .pe address locals, arguments and stack slots with one octet.</summary>
    public const int SlotsMax = 255;

    /// <summary>Method bodies are addressed with 16 bits.</summary>
    public const int AssemblyIlMax = 65_535;

    private const int BranchMax = 32_767;
    private const int SwitchTargetsMax = 255;

    /// <summary>What is wrong with an assembly: member and reason, none when it is fit for the chip.</summary>
    public static IEnumerable<string> Findings(AssemblyDefinition assembly)
    {
        foreach (TypeDefinition type in assembly.MainModule.GetTypes())
        {
            foreach (string reason in TypeReasons(type))
            {
                yield return $"{type.FullName}: {reason}";
            }

            foreach (MethodDefinition method in type.Methods)
            {
                foreach (string reason in MethodReasons(method).Distinct())
                {
                    yield return $"{type.FullName}.{method.Name}: {reason}";
                }
            }
        }

        if (IlBytes(assembly) > AssemblyIlMax)
        {
            yield return $"{assembly.Name.Name}: {IlBytes(assembly)} octets of IL, the limit is {AssemblyIlMax}";
        }
    }

    /// <summary>Octets of IL in all methods of an assembly.</summary>
    public static int IlBytes(AssemblyDefinition assembly) => assembly.MainModule.GetTypes().SelectMany(t => t.Methods)
        .Where(m => m.HasBody).Sum(m => m.Body.CodeSize);

    private static IEnumerable<string> TypeReasons(TypeDefinition type)
    {
        if (type.HasGenericParameters)
        {
            yield return "a generic type of our own";
        }

        IEnumerable<TypeReference> named = type.Fields.Select(f => f.FieldType)
            .Concat(type.Interfaces.Select(i => i.InterfaceType));
        foreach (string reason in named.SelectMany(ReferenceReasons).Distinct())
        {
            yield return reason;
        }
    }

    private static IEnumerable<string> MethodReasons(MethodDefinition method)
    {
        if (method.HasGenericParameters)
        {
            yield return "a generic method of our own";
        }

        if (method.DeclaringType.IsInterface && method.HasBody && !method.IsStatic)
        {
            yield return "a default interface method";
        }

        if (method.Parameters.Count + (method.HasThis ? 1 : 0) > SlotsMax)
        {
            yield return $"more than {SlotsMax} arguments";
        }

        IEnumerable<TypeReference> signature = method.Parameters.Select(p => p.ParameterType).Append(method.ReturnType);
        foreach (string reason in signature.SelectMany(ReferenceReasons))
        {
            yield return reason;
        }

        foreach (string reason in method.HasBody ? BodyReasons(method.Body) : [])
        {
            yield return reason;
        }
    }

    private static IEnumerable<string> BodyReasons(MethodBody body)
    {
        if (body.Variables.Count > SlotsMax)
        {
            yield return $"more than {SlotsMax} locals";
        }

        if (body.MaxStackSize > SlotsMax)
        {
            yield return $"more than {SlotsMax} stack slots";
        }

        foreach (string reason in body.Variables.SelectMany(v => ReferenceReasons(v.VariableType))
            .Concat(body.Instructions.SelectMany(InstructionReasons)))
        {
            yield return reason;
        }
    }

    private static IEnumerable<string> InstructionReasons(Instruction instruction)
    {
        string name = instruction.OpCode.Name;
        return instruction switch
        {
            { OpCode.Code: Code.Localloc } => ["stackalloc"],
            { OpCode.Code: Code.Calli } => ["a call through a function pointer"],
            _ when name.Contains(".ovf") => ["checked arithmetic, which never throws there"],
            { Operand: Instruction[] targets } => SwitchReasons(instruction, targets),
            { Operand: Instruction target } => BranchReasons(instruction, target),
            { Operand: GenericInstanceMethod } => ["a call of a generic method"],
            { Operand: TypeReference type } => ReferenceReasons(type),
            { Operand: MethodReference method } => method.Parameters.Select(p => p.ParameterType)
                .Append(method.DeclaringType).Append(method.ReturnType).SelectMany(ReferenceReasons),
            { Operand: FieldReference field } => ReferenceReasons(field.FieldType),
            _ => [],
        };
    }

    private static IEnumerable<string> SwitchReasons(Instruction instruction, Instruction[] targets) =>
        targets.Length > SwitchTargetsMax
            ? [$"a switch of more than {SwitchTargetsMax} targets"]
            : targets.SelectMany(t => BranchReasons(instruction, t));

    private static IEnumerable<string> BranchReasons(Instruction from, Instruction to) =>
        Math.Abs(to.Offset - from.Offset) > BranchMax ? ["a branch farther than 32 KB"] : [];

    private static IEnumerable<string> ReferenceReasons(TypeReference type) => type switch
    {
        PointerType or FunctionPointerType or PinnedType => ["a pointer"],
        ArrayType { Rank: > 1 } => ["a multi-dimensional array"],
        GenericInstanceType generic => [$"the generic type {generic.ElementType.Name}"],
        TypeSpecification inner => ReferenceReasons(inner.ElementType),
        _ => [],
    };
}
