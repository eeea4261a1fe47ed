using System.Text.Json;

namespace MicroFirmware.Gateway.Tests.Api;

/// <summary>
/// The part of JSON Schema 2020-12 that our OpenAPI document uses. Stricter in one point: a member that the schema does
/// not name is a problem, because it would be one that nobody has described.
/// </summary>
internal sealed class JsonSchema(JsonElement document)
{
    private static readonly string[] s_known =
    [
        "$ref", "type", "properties", "required", "items", "enum", "oneOf", "anyOf", "format", "description", "default",
        "additionalProperties", "pattern", "minimum", "maximum",
    ];

    /// <summary>What is wrong with a value, each with where it is.</summary>
    public IEnumerable<string> Check(JsonElement value, JsonElement schema, string at = "$")
    {
        foreach (JsonProperty word in schema.EnumerateObject().Where(word => !s_known.Contains(word.Name)))
        {
            yield return $"{at}: the schema says '{word.Name}', which this test does not know";
        }

        foreach (string problem in CheckKnown(value, schema, at))
        {
            yield return problem;
        }
    }

    private IEnumerable<string> CheckKnown(JsonElement value, JsonElement schema, string at)
    {
        if (schema.TryGetProperty("$ref", out JsonElement reference))
        {
            return Check(value, Resolve(reference.GetString()!), at);
        }

        foreach (string word in (string[])["oneOf", "anyOf"])
        {
            if (schema.TryGetProperty(word, out JsonElement choices))
            {
                return choices.EnumerateArray().Any(choice => !Check(value, choice, at).Any())
                    ? []
                    : [$"{at}: {value.GetRawText()} is none of {choices.GetRawText()}"];
            }
        }

        return CheckType(value, schema, at).Concat(value.ValueKind switch
        {
            JsonValueKind.Object => CheckObject(value, schema, at),
            JsonValueKind.Array => schema.TryGetProperty("items", out JsonElement items)
                ? value.EnumerateArray().SelectMany((item, i) => Check(item, items, $"{at}[{i}]"))
                : [],
            _ => [],
        });
    }

    private IEnumerable<string> CheckObject(JsonElement value, JsonElement schema, string at)
    {
        JsonElement properties = schema.TryGetProperty("properties", out JsonElement p) ? p : default;
        bool isMap = schema.TryGetProperty("additionalProperties", out JsonElement others);
        foreach (JsonProperty member in value.EnumerateObject())
        {
            string where = $"{at}.{member.Name}";
            JsonElement expected = default;
            bool isNamed = properties.ValueKind == JsonValueKind.Object
                && properties.TryGetProperty(member.Name, out expected);
            foreach (string problem in isNamed ? Check(member.Value, expected, where)
                : isMap && others.ValueKind == JsonValueKind.Object ? Check(member.Value, others, where)
                : [$"{where} is not described"])
            {
                yield return problem;
            }
        }

        foreach (JsonElement name in schema.TryGetProperty("required", out JsonElement r) ? r.EnumerateArray() : [])
        {
            if (!value.TryGetProperty(name.GetString()!, out _))
            {
                yield return $"{at}.{name} is missing";
            }
        }
    }

    private static IEnumerable<string> CheckType(JsonElement value, JsonElement schema, string at)
    {
        if (schema.TryGetProperty("enum", out JsonElement words)
            && !words.EnumerateArray().Any(word => word.GetRawText() == value.GetRawText()))
        {
            yield return $"{at}: {value.GetRawText()} is none of {words.GetRawText()}";
        }

        if (!schema.TryGetProperty("type", out JsonElement type))
        {
            yield break;
        }

        string[] types = type.ValueKind == JsonValueKind.Array
            ? [.. type.EnumerateArray().Select(t => t.GetString()!)]
            : [type.GetString()!];
        if (!types.Any(name => IsOf(value, name)))
        {
            yield return $"{at}: {value.GetRawText()} is not of type {type.GetRawText()}";
        }
    }

    private static bool IsOf(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out decimal d) && d % 1 == 0,
        _ => false,
    };

    private JsonElement Resolve(string reference)
    {
        JsonElement found = document;
        foreach (string step in reference.TrimStart('#', '/').Split('/'))
        {
            found = found.GetProperty(step);
        }

        return found;
    }
}
