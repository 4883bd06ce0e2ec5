using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace NewsBot.Tests.Discord.Publishing;

/// <summary>As much of Discord as posting needs, in memory: messages, nonces, threads and forum posts. Does what the script says first.</summary>
internal sealed class PretendDiscord(TimeProvider time) : HttpMessageHandler
{
    public const ulong Self = 900;
    public const ulong Guild = 500;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, JsonObject> _channels = new(StringComparer.Ordinal);
    private readonly List<JsonObject> _messages = [];
    private readonly Dictionary<string, string> _nonces = new(StringComparer.Ordinal);
    private readonly List<(Func<string, bool> Fits, Func<Func<HttpResponseMessage>, HttpResponseMessage> Do)> _script =
    [];
    private ulong _next;

    /// <summary>Every call as "POST /channels/1/messages", in order.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>The JSON of every call that had one, in order.</summary>
    public List<JsonObject> Bodies { get; } = [];

    /// <summary>How many files came along in all.</summary>
    public int Files { get; private set; }

    /// <summary>Messages that are there, oldest first.</summary>
    public IReadOnlyList<JsonObject> Messages
    {
        get
        {
            lock (_lock)
            {
                return [.. _messages];
            }
        }
    }

    public JsonObject Channel(ulong id) => _channels[Text(id)];

    public void AddChannel(ulong id, int type, string name = "news", JsonArray? tags = null, int flags = 0) =>
        _channels[Text(id)] = new JsonObject
        {
            ["id"] = Text(id),
            ["type"] = type,
            ["guild_id"] = Text(Guild),
            ["name"] = name,
            ["available_tags"] = tags ?? [],
            ["flags"] = flags,
        };

    /// <summary>Somebody writes a message.</summary>
    public void Say(ulong channel, ulong author = 77) =>
        Add(Text(channel), new JsonObject { ["content"] = "hello" }, author);

    public void Remove(string message) => _messages.RemoveAll(one => (string)one["id"]! == message);

    /// <summary>The next call that begins like this is refused.</summary>
    public void Refuse(string call, int status, int code, JsonObject? errors = null) =>
        Script(
            call,
            _ =>
                Answer(
                    status,
                    new JsonObject
                    {
                        ["code"] = code,
                        ["message"] = "No",
                        ["errors"] = errors,
                    }
                )
        );

    /// <summary>The next call that begins like this takes effect, and then the line breaks.</summary>
    public void LoseAnswer(string call) =>
        Script(
            call,
            act =>
            {
                act();
                throw new HttpRequestException(HttpRequestError.ResponseEnded);
            }
        );

    /// <summary>The next call that begins like this takes effect, and then the process is no more.</summary>
    public void Die(string call) =>
        Script(
            call,
            act =>
            {
                act();
                throw new InvalidOperationException("The process was killed.");
            }
        );

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var path = request.RequestUri!.AbsolutePath["/api/v10".Length..];
        var body = await BodyAsync(request, cancellationToken);
        lock (_lock)
        {
            var call = $"{request.Method} {path}";
            Calls.Add(call);
            if (body is not null)
            {
                Bodies.Add(body);
            }

            var step = _script.FindIndex(one => one.Fits(call));
            if (step < 0)
            {
                return Act(request, path, body);
            }

            var (_, run) = _script[step];
            _script.RemoveAt(step);
            return run(() => Act(request, path, body));
        }
    }

    private void Script(string call, Func<Func<HttpResponseMessage>, HttpResponseMessage> act) =>
        _script.Add((one => one.StartsWith(call, StringComparison.Ordinal), act));

    private async Task<JsonObject?> BodyAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is MultipartFormDataContent form)
        {
            Files += form.Count() - 1;
            return JsonNode.Parse(await form.First().ReadAsStringAsync(cancellationToken))!.AsObject();
        }

        return request.Content is { } content
            ? JsonNode.Parse(await content.ReadAsStringAsync(cancellationToken))!.AsObject()
            : null;
    }

    private HttpResponseMessage Act(HttpRequestMessage request, string path, JsonObject? body)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return (request.Method.Method, parts) switch
        {
            ("GET", ["applications", "@me"]) => Answer(200, new JsonObject { ["id"] = "901" }),
            ("GET", ["users", "@me"]) => Answer(200, new JsonObject { ["id"] = Text(Self), ["username"] = "newsbot" }),
            ("GET", ["guilds", _, "threads", "active"]) => Threads(thread => !IsArchived(thread)),
            ("GET", ["channels", _, "threads", "archived", "public"]) => Threads(IsArchived),
            ("GET", ["channels", var id]) => _channels.TryGetValue(id, out var found)
                ? Answer(200, found)
                : Error(404, 10003),
            ("PATCH", ["channels", var id]) => Modify(id, body!),
            ("POST", ["channels", var id, "messages"]) => Create(id, body!),
            ("GET", ["channels", var id, "messages"]) => History(id, request.RequestUri!.Query),
            ("POST", ["channels", var id, "threads"]) => ForumPost(id, body!),
            ("POST", ["channels", var id, "messages", var message, "threads"]) => StartThread(id, message, body!),
            ("POST", ["channels", _, "messages", var message, "crosspost"]) => Find(message) is { } one
                ? Answer(200, one)
                : Error(404, 10008),
            ("GET", ["channels", _, "messages", var message]) => Find(message) is { } one
                ? Answer(200, one)
                : Error(404, 10008),
            ("PATCH", ["channels", var id, "messages", var message]) => Edit(id, message, body!),
            ("DELETE", ["channels", _, "messages", var message]) => Find(message) is { } one
                ? Delete(one)
                : Error(404, 10008),
            _ => Error(404, 0),
        };
    }

    private HttpResponseMessage Create(string channel, JsonObject body)
    {
        if (!_channels.ContainsKey(channel))
        {
            return Error(404, 10003);
        }

        if ((string?)body["nonce"] is { } nonce && (bool?)body["enforce_nonce"] == true)
        {
            if (_nonces.TryGetValue(nonce, out var known))
            {
                return Find(known) is { } first ? Answer(200, first) : Error(404, 10008);
            }

            var added = Add(channel, body);
            _nonces[nonce] = (string)added["id"]!;
            return Answer(200, added);
        }

        return Answer(200, Add(channel, body));
    }

    /// <summary>Minutes have passed: nonces are forgotten.</summary>
    public void ForgetNonces() => _nonces.Clear();

    private JsonObject Add(string channel, JsonObject body, ulong author = Self, string? id = null)
    {
        var message = body.DeepClone().AsObject();
        message["id"] = id ?? NewId();
        message["channel_id"] = channel;
        message["author"] = new JsonObject { ["id"] = Text(author), ["username"] = "x" };
        _messages.Add(message);
        return message;
    }

    private HttpResponseMessage ForumPost(string forum, JsonObject body)
    {
        if (((int)_channels[forum]["flags"]! & 16) != 0 && body["applied_tags"] is not JsonArray { Count: > 0 })
        {
            return Error(400, 40067);
        }

        var id = NewId();
        var thread = AddThread(id, forum, body);
        thread["message"] = Add(id, body["message"]!.AsObject(), id: id).DeepClone();
        return Answer(201, thread);
    }

    private HttpResponseMessage StartThread(string channel, string message, JsonObject body)
    {
        if (Find(message) is null)
        {
            return Error(404, 10008);
        }

        return _channels.ContainsKey(message) ? Error(400, 160004) : Answer(201, AddThread(message, channel, body));
    }

    private JsonObject AddThread(string id, string parent, JsonObject body) =>
        _channels[id] = new JsonObject
        {
            ["id"] = id,
            ["type"] = 11,
            ["parent_id"] = parent,
            ["owner_id"] = Text(Self),
            ["name"] = body["name"]?.DeepClone(),
            ["applied_tags"] = body["applied_tags"]?.DeepClone(),
            ["thread_metadata"] = new JsonObject { ["archived"] = false, ["locked"] = false },
        };

    private HttpResponseMessage Modify(string id, JsonObject body)
    {
        if (!_channels.TryGetValue(id, out var thread))
        {
            return Error(404, 10003);
        }

        if (IsArchived(thread) && body["archived"] is null)
        {
            return Error(400, 50083);
        }

        foreach (var name in new[] { "archived", "locked" })
        {
            if (body[name] is { } value)
            {
                thread["thread_metadata"]![name] = value.DeepClone();
            }
        }

        return Answer(200, thread);
    }

    private HttpResponseMessage Edit(string channel, string id, JsonObject body)
    {
        if (_channels.TryGetValue(channel, out var home) && IsArchived(home))
        {
            return Error(400, 50083);
        }

        if (Find(id) is not { } message)
        {
            return Error(404, 10008);
        }

        message["components"] = body["components"]!.DeepClone();
        if (body["attachments"] is { } attachments)
        {
            message["attachments"] = attachments.DeepClone();
        }

        return Answer(200, message);
    }

    private HttpResponseMessage Delete(JsonObject message)
    {
        _messages.Remove(message);
        return new HttpResponseMessage(HttpStatusCode.NoContent);
    }

    private HttpResponseMessage History(string channel, string query)
    {
        var limit = int.Parse(query.Split("limit=")[1].Split('&')[0], CultureInfo.InvariantCulture);
        var before = query.Split("before=") is [_, var text]
            ? ulong.Parse(text, CultureInfo.InvariantCulture)
            : ulong.MaxValue;
        var page = _messages
            .Where(one => (string)one["channel_id"]! == channel && Id(one) < before)
            .OrderByDescending(Id)
            .Take(limit)
            .Select(one => (JsonNode)one.DeepClone());
        return Answer(200, new JsonArray([.. page]));
    }

    private HttpResponseMessage Threads(Func<JsonObject, bool> fits) =>
        Answer(
            200,
            new JsonObject
            {
                ["threads"] = new JsonArray([
                    .. _channels
                        .Values.Where(channel => channel["thread_metadata"] is not null && fits(channel))
                        .Select(channel => (JsonNode)channel.DeepClone()),
                ]),
                ["has_more"] = false,
            }
        );

    private JsonObject? Find(string id) => _messages.Find(one => (string)one["id"]! == id);

    private static bool IsArchived(JsonObject thread) => (bool?)thread["thread_metadata"]?["archived"] == true;

    private static ulong Id(JsonObject message) => ulong.Parse((string)message["id"]!, CultureInfo.InvariantCulture);

    private string NewId() => Text(Clients.Discord.Snowflake.At(time.GetUtcNow()).Value + ++_next);

    private static HttpResponseMessage Error(int status, int code) =>
        Answer(status, new JsonObject { ["code"] = code, ["message"] = "No" });

    private static HttpResponseMessage Answer(int status, JsonNode body) =>
        new((HttpStatusCode)status)
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };

    private static string Text(ulong id) => id.ToString(CultureInfo.InvariantCulture);
}
