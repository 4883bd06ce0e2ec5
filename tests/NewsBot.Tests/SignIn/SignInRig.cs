using System.Globalization;
using System.Net;
using AngleSharp;
using AngleSharp.Html.Dom;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers.FakeDiscord;
using NewsBot.Testing.Servers.FakeSlack;

namespace NewsBot.Tests.SignIn;

/// <summary>A newsroom of one community on a fake Discord, a fake Slack and the built-in chat, where members sign in on the web.</summary>
internal sealed class SignInRig : IAsyncDisposable
{
    public const string PublicUrl = "http://news.example.org";

    private SignInRig(JoinedNewsroom rooms) => Rooms = rooms;

    public JoinedNewsroom Rooms { get; }

    public RunningNewsroom Newsroom => Rooms.Newsroom;

    public FakeDiscordServer Discord => Rooms.Discord.Discord;

    public FakeSlackServer Slack => Rooms.Slack.Slack;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A newsroom with a public address.</summary>
    /// <param name="settings">More settings, as on the command line.</param>
    public static Task<SignInRig> StartAsync(params IReadOnlyList<string> settings) =>
        StartWithAsync([$"--Web:PublicUrl={PublicUrl}", .. settings]);

    /// <summary>A newsroom that only this machine reaches.</summary>
    public static Task<SignInRig> StartLocalAsync() => StartWithAsync();

    private static async Task<SignInRig> StartWithAsync(params string[] settings)
    {
        var discord = new FakeDiscordOptions { Limits = NewsBot.Testing.Servers.FakeDiscord.FakeLimits.Unlimited() };
        var slack = new FakeSlackOptions { Limits = NewsBot.Testing.Servers.FakeSlack.FakeLimits.Unlimited() };
        // The same seed gives the same secrets.
        await using var guild = await FakeDiscordServer.StartAsync(discord, Token);
        await using var team = await FakeSlackServer.StartAsync(slack, Token);
        return new SignInRig(
            await JoinedNewsroom.StartAsync(
                discord,
                slack,
                [
                    "--Chat:Web:JoinSecret=open-sesame",
                    string.Create(CultureInfo.InvariantCulture, $"--Chat:Discord:ClientId={guild.ApplicationId}"),
                    $"--Chat:Discord:ClientSecret={guild.ClientSecret}",
                    $"--Chat:Slack:ClientId={team.ClientId}",
                    $"--Chat:Slack:ClientSecret={team.ClientSecret}",
                    .. settings,
                ]
            )
        );
    }

    /// <summary>A story on cards in a Discord channel and a Slack channel, which mirror each other.</summary>
    public async Task<PublishedStory> StoryAsync(
        string publication = "public",
        string headline = "Harbour bridge opens"
    )
    {
        var discord = await Rooms.Discord.ChannelAsync(Discord.Channels.Text);
        var slack = await Rooms.Slack.ChannelAsync(Slack.Channels.Public);
        await Newsroom.RunAsync(
            "UPDATE channel SET publication = @publication WHERE id IN (@discord, @slack)",
            new
            {
                publication,
                discord,
                slack,
            }
        );
        await Rooms.MirrorAsync(discord, slack);
        var story = await Rooms.Discord.StoryAsync(headline, discord, slack);
        await Rooms.Discord.CardsAsync(story);
        await Rooms.Slack.CardsAsync(story);
        return new PublishedStory(story, discord, slack);
    }

    public SignInBrowser Browser() => new(this);

    /// <summary>A browser in which somebody has signed in.</summary>
    public async Task<SignInBrowser> SignedInAsync(string platform, string name)
    {
        var browser = Browser();
        using var answer = await browser.SignInAsync(platform, name);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return browser;
    }

    public ValueTask DisposeAsync() => Rooms.DisposeAsync();
}

/// <summary>A story and its channels in the newsroom.</summary>
internal sealed record PublishedStory(long Id, long Discord, long Slack)
{
    public string Path => string.Create(CultureInfo.InvariantCulture, $"/stories/{Id}");
}

/// <summary>Keeps cookies, follows nothing by itself, and reaches the public address on this machine.</summary>
internal sealed class SignInBrowser : IDisposable
{
    private readonly SignInRig _rig;
    private readonly HttpClient _http;

    public SignInBrowser(SignInRig rig)
    {
        _rig = rig;
        _http = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                CookieContainer = Cookies,
                AutomaticDecompression = DecompressionMethods.All,
            }
        );
        _http.DefaultRequestHeaders.UserAgent.ParseAdd(
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
        );
    }

    public CookieContainer Cookies { get; } = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Goes to the platform's page.</summary>
    /// <returns>Its address, with all that was asked for.</returns>
    public async Task<Uri> BeginAsync(string platform, string back = "/")
    {
        using var start = await GetAsync($"/sign-in/{platform}/start?back={Uri.EscapeDataString(back)}");
        Assert.Equal(HttpStatusCode.Found, start.StatusCode);
        return start.Headers.Location!;
    }

    /// <summary>Says on the platform's page who one is.</summary>
    /// <returns>Where it leads back to.</returns>
    public async Task<Uri> ConsentAsync(Uri page, string name)
    {
        using var answer = await _http.GetAsync(
            new Uri($"{page.AbsoluteUri}&user={Uri.EscapeDataString(name)}"),
            Token
        );
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return answer.Headers.Location!;
    }

    public async Task<HttpResponseMessage> SignInAsync(string platform, string name, string back = "/") =>
        await GetAsync((await ConsentAsync(await BeginAsync(platform, back), name)).PathAndQuery);

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public async Task<IHtmlDocument> PageAsync(string path)
    {
        using var answer = await GetAsync(path);
        return await ParseAsync(answer);
    }

    public static async Task<IHtmlDocument> ParseAsync(HttpResponseMessage answer)
    {
        var html = await answer.Content.ReadAsStringAsync(Token);
        return (IHtmlDocument)
            await BrowsingContext.New(Configuration.Default).OpenAsync(request => request.Content(html), Token);
    }

    /// <summary>Sends a form of a page as a browser without scripts would.</summary>
    public Task<HttpResponseMessage> SubmitAsync(IHtmlFormElement form, params (string Name, string Value)[] typed)
    {
        var fields = form.QuerySelectorAll("input[name],textarea[name]")
            .ToDictionary(
                field => field.GetAttribute("name")!,
                field => field is IHtmlTextAreaElement area ? area.Value : field.GetAttribute("value") ?? ""
            );
        foreach (var (name, value) in typed)
        {
            fields[name] = value;
        }

        return SendAsync(HttpMethod.Post, form.GetAttribute("action")!, new FormUrlEncodedContent(fields));
    }

    /// <summary>Writes below a story.</summary>
    public async Task<HttpResponseMessage> CommentAsync(PublishedStory story, string text, string query = "")
    {
        var page = await PageAsync(story.Path + query);
        var form = (IHtmlFormElement?)page.QuerySelector("#write form");
        Assert.NotNull(form);
        return await SubmitAsync(form, ("text", text));
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, new Uri(_rig.Newsroom.Http.BaseAddress!, path))
        {
            Content = content,
        };
        request.Headers.Host = new Uri(SignInRig.PublicUrl).Host;
        return await _http.SendAsync(request, Token);
    }
}
