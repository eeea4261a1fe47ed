using System.Globalization;
using Mono.Cecil;

namespace MicroFirmware.Style.Tests.NanoApi;

/// <summary>Writes an assembly's public and protected surface, one text for each type and member.</summary>
internal static class PublicSurface
{
    private static readonly Dictionary<string, string> s_keywords = new()
    {
        ["System.Boolean"] = "bool", ["System.Byte"] = "byte", ["System.Char"] = "char", ["System.Double"] = "double",
        ["System.Int16"] = "short", ["System.Int32"] = "int", ["System.Int64"] = "long", ["System.Object"] = "object",
        ["System.SByte"] = "sbyte", ["System.Single"] = "float", ["System.String"] = "string",
        ["System.UInt16"] = "ushort", ["System.UInt32"] = "uint", ["System.UInt64"] = "ulong", ["System.Void"] = "void",
    };

    public static IEnumerable<string> Of(AssemblyDefinition assembly)
    {
        foreach (TypeDefinition type in assembly.MainModule.GetTypes().Where(t => t.IsPublic || t.IsNestedPublic))
        {
            string declaration = Declaration(type);
            yield return TypeLine(declaration, Bases(type));
            foreach (string member in IsDelegate(type) ? [] : Members(type))
            {
                yield return $"{declaration} | {member}";
            }
        }
    }

    /// <summary>A type's line: declaration and bases, in an order that does not depend on the compiler.</summary>
    public static string TypeLine(string declaration, IEnumerable<string> bases) =>
        string.Join(" : ", new[] { declaration, string.Join(", ", bases.Order()) }.Where(p => p.Length > 0));

    private static string Declaration(TypeDefinition type)
    {
        string scope = type.IsNested ? type.DeclaringType.FullName : type.Namespace;
        if (IsDelegate(type))
        {
            MethodDefinition invoke = type.Methods.Single(m => m.Name == "Invoke");
            return $"{scope} :: delegate {Name(invoke.ReturnType)} {type.Name}({Parameters(invoke)})";
        }

        string kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : "class";
        string modifiers = kind != "class" ? ""
            : type is { IsAbstract: true, IsSealed: true } ? "static "
            : type.IsAbstract ? "abstract "
            : type.IsSealed ? "sealed " : "";
        return $"{scope} :: {modifiers}{kind} {type.Name}";
    }

    private static IEnumerable<string> Bases(TypeDefinition type)
    {
        if (type.IsEnum || IsDelegate(type))
        {
            return [];
        }

        string? parent = type.BaseType?.FullName;
        IEnumerable<string> bases = type.Interfaces.Select(i => i.InterfaceType.Name);
        return parent is null or "System.Object" or "System.ValueType" ? bases : bases.Append(type.BaseType!.Name);
    }

    private static IEnumerable<string> Members(TypeDefinition type)
    {
        foreach (FieldDefinition field in type.Fields.Where(f => f.IsPublic && !f.IsSpecialName))
        {
            yield return type.IsEnum ? $"{field.Name}={field.Constant}"
                : field.HasConstant ? $"const {Name(field.FieldType)} {field.Name} = {Constant(field.Constant)}"
                : $"{(field.IsStatic ? "static" : "field")} {Name(field.FieldType)} {field.Name}";
        }

        foreach (MethodDefinition method in type.Methods.Where(IsVisible).Where(m => !IsAccessor(m)))
        {
            string named = method.IsConstructor ? "ctor" : $"{Name(method.ReturnType)} {method.Name}";
            yield return $"{Modifiers(method)}{named}({Parameters(method)})";
        }

        foreach (PropertyDefinition property in type.Properties)
        {
            bool readable = IsVisible(property.GetMethod);
            bool writable = IsVisible(property.SetMethod);
            if (readable || writable)
            {
                MethodDefinition accessor = readable ? property.GetMethod : property.SetMethod;
                string modifiers = Modifiers(accessor).Replace("abstract ", "");
                string index = property.HasParameters ? $"[{Parameters(property.Parameters)}]" : "";
                string accessors = (readable ? "get; " : "") + (writable ? "set; " : "");
                yield return $"{modifiers}{Name(property.PropertyType)} {property.Name}{index} {{ {accessors}}}";
            }
        }

        foreach (EventDefinition e in type.Events.Where(e => IsVisible(e.AddMethod)))
        {
            yield return $"{(e.AddMethod.IsStatic ? "static " : "")}event {Name(e.EventType)} {e.Name}";
        }
    }

    private static bool IsVisible(MethodDefinition? method) =>
        method is { IsPublic: true } or { IsFamily: true } or { IsFamilyOrAssembly: true };

    private static bool IsAccessor(MethodDefinition method) =>
        method.IsGetter || method.IsSetter || method.IsAddOn || method.IsRemoveOn;

    private static bool IsDelegate(TypeDefinition type) => type.BaseType?.FullName == "System.MulticastDelegate";

    private static string Modifiers(MethodDefinition method) =>
        (method.IsPublic ? "" : "protected ") + (method.IsStatic ? "static " : "")
        + (method.IsAbstract && !method.DeclaringType.IsInterface ? "abstract " : "");

    private static string Parameters(MethodDefinition method) => Parameters(method.Parameters);

    private static string Parameters(IEnumerable<ParameterDefinition> parameters) =>
        string.Join(", ", parameters.Select(Parameter));

    private static string Parameter(ParameterDefinition parameter)
    {
        string prefix = parameter.IsOut ? "out " : parameter.ParameterType.IsByReference ? "ref "
            : parameter.CustomAttributes.Any(a => a.AttributeType.Name == "ParamArrayAttribute") ? "params " : "";
        string value = parameter.HasConstant ? $" = {Constant(parameter.Constant)}" : "";
        return $"{prefix}{Name(parameter.ParameterType)} {parameter.Name}{value}";
    }

    private static string Name(TypeReference type) => type switch
    {
        ByReferenceType reference => Name(reference.ElementType),
        ArrayType array => Name(array.ElementType) + "[]",
        GenericParameter => type.Name,
        { IsNested: true } => $"{Name(type.DeclaringType)}.{type.Name}",
        _ => s_keywords.GetValueOrDefault(type.FullName, type.Name),
    };

    private static string Constant(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        char character => $"U+{(int)character:X4}",
        bool flag => flag ? "true" : "false",
        double.PositiveInfinity or float.PositiveInfinity => "Infinity",
        double.NegativeInfinity or float.NegativeInfinity => "-Infinity",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
