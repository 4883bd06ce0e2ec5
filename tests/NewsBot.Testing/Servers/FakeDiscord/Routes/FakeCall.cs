using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using NewsBot.Testing.Servers.Limits;

namespace NewsBot.Testing.Servers.FakeDiscord.Routes;

/// <summary>One request to the REST routes, its body already read.</summary>
internal sealed class FakeCall
{
    public required FakeDiscordState State { get; init; }

    public required FakeActor Actor { get; init; }

    public required FakeRoute Route { get; init; }

    /// <summary>The parts of the path that the route names.</summary>
    public required IReadOnlyDictionary<string, string> Values { get; init; }

    public required IQueryCollection Query { get; init; }

    public JsonNode? Json { get; init; }

    public IReadOnlyDictionary<string, string> Form { get; init; } = new Dictionary<string, string>();

    /// <summary>By the number in files[n].</summary>
    public IReadOnlyDictionary<int, UploadedFile> Files { get; init; } = new Dictionary<int, UploadedFile>();

    /// <summary>Counts a request against a limit that no header tells of.</summary>
    public required Action<string, string, FakeLimit> Hidden { get; init; }

    public JsonObject Body =>
        Json switch
        {
            JsonObject body => body,
            null => [],
            _ => throw Fail.Field("", "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType"),
        };

    public ulong Id(string name) =>
        ulong.TryParse(Values[name], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw Fail.Field(name, "NUMBER_TYPE_COERCE", $"Value \"{Values[name]}\" is not snowflake.");

    public ulong? QueryId(string name)
    {
        if (Query[name].ToString() is not { Length: > 0 } text)
        {
            return null;
        }

        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw Fail.Field(name, "NUMBER_TYPE_COERCE", $"Value \"{text}\" is not snowflake.");
    }

    public int QueryNumber(string name, int otherwise, int min, int max)
    {
        if (Query[name].ToString() is not { Length: > 0 } text)
        {
            return otherwise;
        }

        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            throw Fail.Field(name, "NUMBER_TYPE_COERCE", $"Value \"{text}\" is not int.");
        }

        if (number < min)
        {
            throw Fail.Field(name, "NUMBER_TYPE_MIN", $"int value should be greater than or equal to {min}.");
        }

        return number <= max
            ? number
            : throw Fail.Field(name, "NUMBER_TYPE_MAX", $"int value should be less than or equal to {max}.");
    }

    public bool QueryFlag(string name) =>
        Query[name].ToString() switch
        {
            "" or "false" or "False" or "0" => false,
            "true" or "True" or "1" => true,
            var other => throw Fail.Field(name, "BOOLEAN_TYPE_CONVERT", $"Must be either true or false, not {other}."),
        };
}

/// <summary>A file of a multipart body.</summary>
internal sealed record UploadedFile(string Name, string ContentType, byte[] Bytes);
