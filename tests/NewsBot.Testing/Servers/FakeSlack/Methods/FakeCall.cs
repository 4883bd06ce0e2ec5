using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Stored;

namespace NewsBot.Testing.Servers.FakeSlack.Methods;

/// <summary>One call of a method.</summary>
internal sealed class FakeCall
{
    public required FakeSlackState State { get; init; }

    public required FakeActor Actor { get; init; }

    /// <summary>Fields of the form, query or JSON body; all but JSON bodies hold texts only.</summary>
    public required JsonObject Args { get; init; }

    /// <summary>Client id and secret of a Basic Authorization header; null where there was none.</summary>
    public (string Id, string Secret)? Basic { get; init; }

    /// <summary>The raw token.</summary>
    public string Token { get; init; } = "";

    public StoredTeam Team => State.Team(Actor.TeamId);

    /// <summary>A field as text; null where it is missing or empty.</summary>
    public string? Text(string name) => Args[name]?.ToString() is { Length: > 0 } text ? text : null;

    /// <summary>A field that must be there.</summary>
    public string Need(string name, string? code = null) =>
        Text(name) ?? throw new FakeApiException(code ?? "invalid_arguments", $"missing required field: {name}");

    public bool Flag(string name) => Text(name) is "true" or "1" or "True";

    public bool? MaybeFlag(string name) => Text(name) is null ? null : Flag(name);

    public int Number(string name, int otherwise, int max)
    {
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 0
            ? Math.Min(number == 0 ? otherwise : number, max)
            : throw new FakeApiException("invalid_limit");
    }

    /// <summary>A field that holds JSON, as itself or as text.</summary>
    /// <param name="name">The field.</param>
    /// <param name="code">The code where it cannot be read.</param>
    public JsonNode? Json(string name, string code) => JsonOf(Args[name], code);

    /// <summary>JSON that may stand as text.</summary>
    public static JsonNode? JsonOf(JsonNode? value, string code)
    {
        if (value is not JsonValue || value.GetValueKind() != JsonValueKind.String)
        {
            return value;
        }

        var text = value.GetValue<string>();
        if (text.Length == 0)
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = 64 });
        }
        catch (JsonException)
        {
            throw new FakeApiException(code);
        }
    }

    /// <summary>
    /// A page of a list. The page is cut before the filter, so pages may be short, or even empty, before the last.
    /// </summary>
    /// <param name="all">The whole list in a fixed order.</param>
    /// <param name="key">Tells where a page ended.</param>
    /// <param name="limit">How many at most.</param>
    public (IReadOnlyList<T> Page, string Next) Page<T>(IReadOnlyList<T> all, Func<T, string> key, int limit)
    {
        var start = 0;
        if (Text("cursor") is { } cursor)
        {
            var after = Decode(cursor);
            start = all.Select(key).ToList().IndexOf(after) + 1;
            if (start == 0 && after.Length > 0)
            {
                throw new FakeApiException("invalid_cursor");
            }
        }

        var page = all.Skip(start).Take(Math.Min(limit, State.Options.MaxPage)).ToList();
        var next = start + page.Count < all.Count && page.Count > 0 ? Encode(key(page[^1])) : "";
        return (page, next);
    }

    public static JsonObject Next(string cursor) => new() { ["next_cursor"] = cursor };

    public static string Encode(string key) => Convert.ToBase64String(Encoding.UTF8.GetBytes("next:" + key));

    public static string Decode(string cursor)
    {
        var bytes = new byte[cursor.Length];
        return
            Convert.TryFromBase64String(cursor, bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length) is ['n', 'e', 'x', 't', ':', .. var key]
            ? key
            : throw new FakeApiException("invalid_cursor");
    }

    /// <summary>The channel of a call, if the caller sees it.</summary>
    /// <exception cref="FakeApiException">channel_not_found.</exception>
    public StoredChannel Channel(string field = "channel")
    {
        var id = Need(field, "channel_not_found");
        var channel =
            State.World.Channels.GetValueOrDefault(id)
            ?? State.World.Channels.Values.FirstOrDefault(one =>
                one.DirectWith is null && one.Name == id.TrimStart('#') && one.Teams.Contains(Actor.TeamId)
            )
            ?? (
                State.World.Users.TryGetValue(id, out var user) && !user.IsBot && user.TeamId == Actor.TeamId
                    ? State.Direct(id)
                    : null
            );
        if (channel is null || !Sees(channel))
        {
            throw new FakeApiException("channel_not_found");
        }

        return channel;
    }

    /// <summary>Whether the caller knows of a channel: members of private ones, everybody in its workspaces else.</summary>
    public bool Sees(StoredChannel channel) =>
        channel.Members.Contains(Actor.UserId)
        || (!channel.IsPrivate && channel.DirectWith is null && channel.Teams.Contains(Actor.TeamId));

    /// <summary>Whether the caller is in a channel.</summary>
    public bool IsIn(StoredChannel channel) => channel.Members.Contains(Actor.UserId);
}
