using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MicroFirmware.KernelForge.Tests.Hardware;

/// <summary>
/// The part of JSON Schema 2020-12 that hardware/*.schema.json uses; anything else in a schema is an error.
/// </summary>
internal sealed class SchemaCheck(JsonObject schema)
{
    private static readonly string[] s_annotations = ["$schema", "$defs", "title", "description"];

    public List<string> Errors(JsonNode document)
    {
        var errors = new List<string>();
        Check(document, schema, "", errors);
        return errors;
    }

    private void Check(JsonNode? value, JsonObject rule, string path, List<string> errors)
    {
        foreach (var (keyword, operand) in rule.Where(pair => !s_annotations.Contains(pair.Key)))
        {
            switch (keyword)
            {
                case "$ref":
                    Check(value, Definition(operand!.GetValue<string>()), path, errors);
                    break;
                case "type":
                    Require(TypeOf(value) == operand!.GetValue<string>(), $"{path} is not of type {operand}", errors);
                    break;
                case "enum":
                    Require(operand!.AsArray().Any(item => JsonNode.DeepEquals(item, value)),
                        $"{path} is {value}, not one of {operand.ToJsonString()}", errors);
                    break;
                case "pattern":
                    Require(Regex.IsMatch($"{value}", operand!.GetValue<string>()), $"{path} is {value}", errors);
                    break;
                case "required":
                    foreach (var name in operand!.AsArray().Select(item => item!.GetValue<string>()))
                    {
                        Require(((JsonObject)value!).ContainsKey(name), $"{path}/{name} is missing", errors);
                    }

                    break;
                case "properties":
                    CheckMembers((JsonObject)value!, rule, path, errors);
                    break;
                case "additionalProperties":
                    CheckOthers((JsonObject)value!, rule, path, errors);
                    break;
                case "items":
                    foreach (var item in value!.AsArray())
                    {
                        Check(item, (JsonObject)operand!, path + "[]", errors);
                    }

                    break;
                default:
                    throw new NotSupportedException($"SchemaCheck does not know the keyword {keyword}.");
            }
        }
    }

    private void CheckMembers(JsonObject value, JsonObject rule, string path, List<string> errors)
    {
        foreach (var (name, inner) in rule["properties"]!.AsObject())
        {
            if (value.TryGetPropertyValue(name, out var member))
            {
                Check(member, (JsonObject)inner!, $"{path}/{name}", errors);
            }
        }
    }

    private void CheckOthers(JsonObject value, JsonObject rule, string path, List<string> errors)
    {
        var known = rule["properties"] as JsonObject ?? [];
        foreach (var (name, member) in value.Where(pair => !known.ContainsKey(pair.Key)))
        {
            if (rule["additionalProperties"] is JsonObject inner)
            {
                Check(member, inner, $"{path}/{name}", errors);
            }
            else
            {
                errors.Add($"{path}/{name} is not in the schema");
            }
        }
    }

    private JsonObject Definition(string reference) => (JsonObject)schema["$defs"]![reference["#/$defs/".Length..]]!;

    private static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        System.Text.Json.JsonValueKind.Object => "object",
        System.Text.Json.JsonValueKind.Array => "array",
        System.Text.Json.JsonValueKind.String => "string",
        System.Text.Json.JsonValueKind.Number when value.AsValue().TryGetValue<int>(out _) => "integer",
        _ => "other",
    };

    private static void Require(bool condition, string error, List<string> errors)
    {
        if (!condition)
        {
            errors.Add(error);
        }
    }
}
