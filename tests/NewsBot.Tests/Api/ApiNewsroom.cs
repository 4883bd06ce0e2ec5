using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using NewsBot.Testing;
using NewsBot.Testing.Newsrooms;

namespace NewsBot.Tests.Api;

/// <summary>A running newsroom that polls nothing, with a builder to fill its database.</summary>
public sealed class ApiNewsroom : IAsyncLifetime
{
    public RunningNewsroom Running { get; private set; } = null!;

    public NewsroomBuilder Builder { get; private set; } = null!;

    /// <summary>Settings besides the usual ones.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    public static async Task<ApiNewsroom> StartAsync(params string[] settings)
    {
        var newsroom = new ApiNewsroom { Settings = settings };
        await newsroom.InitializeAsync();
        return newsroom;
    }

    public async ValueTask InitializeAsync()
    {
        Running = await RunningNewsroom.StartAsync(["--Starter:Enabled=false", .. Settings]);
        Builder = await NewsroomBuilder.CreateAsync(
            Path.Combine(Running.Folder, "newsbot.db"),
            TimeProvider.System.GetUtcNow(),
            CancellationToken.None
        );
    }

    public async ValueTask DisposeAsync()
    {
        Builder.Dispose();
        await Running.DisposeAsync();
    }

    /// <summary>A channel of its own with one story's card.</summary>
    /// <returns>Channel, story and card message, as the API calls them.</returns>
    public async Task<Room> RoomAsync(
        string headline = "Norrvik’s new phone comes apart with one screw",
        string publication = "public"
    )
    {
        var channel = Builder.Channel($"c{Guid.CreateVersion7(Builder.Now):N}"[..30], publication);
        var story = Builder.Story(channel, [Builder.Source($"Wire {channel}")], headline);
        var messages = await Running.GetAsync(Inv($"/api/v1/channels/{channel}/messages"));
        return new Room(Inv($"{channel}"), Inv($"{story}"), messages.GetProperty("messages")[0].Text("id"));
    }

    /// <summary>Sends a request; nothing is asked of the answer.</summary>
    public async Task<Answer> SendAsync(
        HttpMethod method,
        string path,
        object? body = null,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            _ => JsonContent.Create(body),
        };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var response = await Running.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return new Answer(response, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public Task<Answer> SayAsync(Room room, object body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, room.Messages, body, headers);

    private static string Inv(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A channel with a card.</summary>
public sealed record Room(string Channel, string Story, string Card)
{
    public string Messages => $"/api/v1/channels/{Channel}/messages";

    public string Comments => $"/api/v1/stories/{Story}/comments";
}

/// <summary>What came back.</summary>
public sealed record Answer(HttpResponseMessage Response, string Text)
{
    public HttpStatusCode Status => Response.StatusCode;

    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public IHtmlDocument Html => new HtmlParser().ParseDocument(Text);

    /// <summary>It has to be problem details with a sentence that helps.</summary>
    public Answer IsProblem(int status)
    {
        Assert.True((int)Status == status, $"{(int)Status} instead of {status}: {Text}");
        Assert.Equal("application/problem+json", Response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(status, Json.GetProperty("status").GetInt32());
        Assert.NotEqual("", Json.Text("title"));
        Assert.True(Json.Text("detail").Length > 10, Text);
        Assert.DoesNotContain("   at ", Text);
        Assert.DoesNotContain("Exception", Text);
        return this;
    }

    public Answer Is(HttpStatusCode status)
    {
        Assert.True(Status == status, $"{Status} instead of {status}: {Text}");
        return this;
    }
}

/// <summary>Short words for reading JSON.</summary>
public static class JsonWords
{
    public static string Text(this JsonElement json, string name) => json.GetProperty(name).GetString()!;

    /// <summary>Names and kinds of an object's fields, such as <c>id:String number:Null</c>.</summary>
    public static string Shape(this JsonElement json) =>
        string.Join(' ', json.EnumerateObject().Select(field => $"{field.Name}:{field.Value.ValueKind}"));

    public static IReadOnlyList<JsonElement> List(this JsonElement json, string name) =>
        [.. json.GetProperty(name).EnumerateArray()];
}
