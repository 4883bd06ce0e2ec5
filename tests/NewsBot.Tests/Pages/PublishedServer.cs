using System.Net;
using NewsBot.Testing;
using NewsBot.Web;

namespace NewsBot.Tests.Pages;

/// <summary>A newsroom that everybody can reach, with somebody of each kind to look at it.</summary>
public sealed class PublishedServer : IAsyncLifetime
{
    /// <summary>Who may look: nobody anyone knows, somebody of a workspace, of the built-in chat, its admin, and members of another community.</summary>
    public static readonly IReadOnlyList<string> Viewers =
    [
        "stranger",
        "member",
        "chatter",
        "admin",
        "member-elsewhere",
        "admin-elsewhere",
    ];

    private const string Host = "news.example.org";
    private const string WebSessionCookie = "newsbot-session";

    public PageServer Server { get; } =
        new()
        {
            Settings =
            [
                $"--Web:PublicUrl=http://{Host}",
                "--Chat:Web:JoinSecret=quay-side-word",
                // All of them are one client.
                "--Web:ReadBurst=100000",
            ],
        };

    public NewsroomBuilder Newsroom => Server.Newsroom;

    public long Guild { get; private set; }

    public async ValueTask InitializeAsync()
    {
        await Server.InitializeAsync();
        Newsroom.Run("INSERT INTO community (id, name, created_at) VALUES (2, 'The Far Shore', 0)");
        Guild = Newsroom.Workspace("discord", "900100", 1);
        var elsewhere = Newsroom.Workspace("discord", "900200", 2);
        var web = Server.Count("SELECT id FROM workspace WHERE platform = 'web'");
        Browser("chatter", 1, web, "member");
        Browser("admin", 1, web, "admin");
        Session("member", 1, Guild);
        Session("member-elsewhere", 2, elsewhere);
        Session("admin-elsewhere", 2, elsewhere, "admin");
    }

    public async ValueTask DisposeAsync() => await Server.DisposeAsync();

    /// <summary>Where somebody is led to; null for nowhere else.</summary>
    public async Task<string?> LocationAsync(string viewer, string path)
    {
        using var browser = Server.Browser();
        using var request = Request(viewer, path);
        using var answer = await browser.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.Headers.Location?.ToString();
    }

    /// <summary>What somebody gets.</summary>
    public async Task<(HttpStatusCode Status, string Text)> GetAsync(string viewer, string path)
    {
        using var browser = Server.Browser();
        using var request = Request(viewer, path);
        using var answer = await browser.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            TestContext.Current.CancellationToken
        );
        // A stream that stays open says enough by its status.
        return answer.Content.Headers.ContentType?.MediaType == "text/event-stream"
            ? (answer.StatusCode, "")
            : (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static HttpRequestMessage Request(string viewer, string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = Host;
        if (viewer is "chatter" or "admin")
        {
            request.Headers.Add("Cookie", $"newsbot={viewer}");
        }
        else if (viewer != "stranger")
        {
            request.Headers.Add("Cookie", $"{WebSessionCookie}={Uri.EscapeDataString(viewer)}");
        }

        return request;
    }

    private void Browser(string name, long community, long workspace, string role)
    {
        var member = Newsroom.Member(name);
        Newsroom.Run(
            """
            UPDATE member SET community_id = @Community, role = @Role WHERE id = @Member;
            INSERT INTO identity (member_id, workspace_id, external_id, secret_hash) VALUES (@Member, @Workspace, @Name, @Hash);
            """,
            new
            {
                Community = community,
                Role = role,
                Member = member,
                Workspace = workspace,
                Name = name,
                Hash = Secrets.Hash(name),
            }
        );
    }

    private void Session(string name, long community, long workspace, string role = "member")
    {
        Browser(name, community, workspace, role);
        Newsroom.Run(
            """
            INSERT INTO web_session (secret_hash, platform, browser, created_at, used_at, expires_at)
            VALUES (@Hash, 'discord', 'a test', @Now, @Now, @End);
            INSERT INTO session_identity (session_id, identity_id)
            SELECT w.id, i.id FROM web_session w, identity i WHERE w.secret_hash = @Hash AND i.external_id = @Name;
            UPDATE identity SET secret_hash = NULL, standing_at = @End, standing_role = @Role WHERE external_id = @Name;
            """,
            new
            {
                Hash = Secrets.Hash(name),
                Name = name,
                Role = role,
                Now = Newsroom.Now.ToUnixTimeMilliseconds(),
                End = Newsroom.Now.AddDays(1).ToUnixTimeMilliseconds(),
            }
        );
    }
}
