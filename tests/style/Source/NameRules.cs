using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MicroFirmware.Style.Tests.Source;

/// <summary>Names say where a thing lives and what it is: folder = namespace, file = type, prefix = field.</summary>
internal static class NameRules
{
    private static readonly string[] s_emptyWords = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utilities"];

    public static IEnumerable<Finding> EmptyWords(SourceFile file) =>
        from type in Types(file)
        from word in s_emptyWords
        where type.Identifier.Text.EndsWith(word, StringComparison.Ordinal)
        select file.Finding(type.Identifier, $"'{type.Identifier.Text}': {word} says nothing, name what it does");

    public static IEnumerable<Finding> OnePublicTypeAFile(SourceFile file)
    {
        MemberDeclarationSyntax[] types = [.. TopTypes(file).Where(IsPublic).DistinctBy(Name)];
        if (types.Length > 1)
        {
            yield return file.Finding(types[1], $"a second public type, '{Name(types[1])}': give it a file of its own");
        }

        string expected = System.IO.Path.GetFileName(file.Path).Split('.')[0];
        if (types.Length == 1 && !expected.StartsWith(Name(types[0]), StringComparison.Ordinal))
        {
            yield return file.Finding(types[0], $"type '{Name(types[0])}' lives in a file of another name");
        }
    }

    public static IEnumerable<Finding> NamespaceIsFolder(SourceFile file)
    {
        var scope = file.Unit.Members.OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault();
        if (scope == null || file.In("tests/device/Host/TestFramework"))
        {
            yield break;
        }

        bool chip = file.In("firmware") || file.In("tests/device");
        if (chip != scope is NamespaceDeclarationSyntax)
        {
            yield return file.Finding(scope, chip ? "C# 9 has block namespaces only" : "use a file-scoped namespace");
        }

        string[] folders = file.Path.Split('/');
        string name = scope.Name.ToString();
        string room = folders[0] == "tests" ? "MicroFirmware" : "MicroFirmware." + folders[1];
        if (!(name + ".").StartsWith(room + ".", StringComparison.OrdinalIgnoreCase))
        {
            yield return file.Finding(scope, $"namespace {name} does not start with {room}, its assembly");
        }
    }

    public static IEnumerable<Finding> FieldPrefix(SourceFile file)
    {
        foreach (FieldDeclarationSyntax field in file.Unit.DescendantNodes().OfType<FieldDeclarationSyntax>())
        {
            bool constant = field.Modifiers.Any(SyntaxKind.ConstKeyword);
            bool open = field.Modifiers.Any(m => m.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword
                or SyntaxKind.ProtectedKeyword);
            bool perThread = field.AttributeLists.ToString().Contains("ThreadStatic");
            string prefix = field.Modifiers.Any(SyntaxKind.StaticKeyword) ? "s_" : "_";
            foreach (VariableDeclaratorSyntax variable in field.Declaration.Variables)
            {
                string name = variable.Identifier.Text;
                bool prefixed = name.StartsWith(prefix, StringComparison.Ordinal)
                    || (perThread && name.StartsWith("t_", StringComparison.Ordinal));
                if (!constant && !open && !prefixed)
                {
                    yield return file.Finding(variable, $"private field '{name}': begin with {prefix}");
                }
            }
        }
    }

    public static IEnumerable<Finding> TestName(SourceFile file) =>
        from method in file.Unit.DescendantNodes().OfType<MethodDeclarationSyntax>()
        let attributes = method.AttributeLists.SelectMany(l => l.Attributes).Select(a => a.Name.ToString())
        where attributes.Any(a => a is "Fact" or "Theory" or "TestMethod" or "DataRow" or "SkippableFact")
        where method.Identifier.Text.Count(c => c == '_') < 2
        select file.Finding(method.Identifier, $"test '{method.Identifier.Text}': name it Subject_condition_result");

    private static IEnumerable<BaseTypeDeclarationSyntax> Types(SourceFile file) =>
        file.Unit.DescendantNodes().OfType<BaseTypeDeclarationSyntax>();

    private static IEnumerable<MemberDeclarationSyntax> TopTypes(SourceFile file) =>
        file.Unit.DescendantNodes(n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<MemberDeclarationSyntax>().Where(m => m is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);

    private static bool IsPublic(MemberDeclarationSyntax type) => type.Modifiers.Any(SyntaxKind.PublicKeyword);

    private static string Name(MemberDeclarationSyntax type) =>
        type is BaseTypeDeclarationSyntax t ? t.Identifier.Text : ((DelegateDeclarationSyntax)type).Identifier.Text;
}
