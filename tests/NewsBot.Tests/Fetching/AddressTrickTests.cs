using System.Net;
using System.Text;
using NewsBot.Core.Feeds;
using NewsBot.Core.Summaries;
using NewsBot.Testing.Servers;

namespace NewsBot.Tests.Fetching;

/// <summary>
/// Every way of writing an address that is not public, asked for directly and by redirect, as a feed, a page and a picture:
/// nothing is ever asked there.
/// </summary>
public sealed class AddressTrickTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // "{0}" is the port of a server that would answer.
    private static readonly string[] Addresses =
    [
        "http://127.0.0.1:{0}/",
        "http://127.1:{0}/",
        "http://127.0.1:{0}/",
        "http://0:{0}/",
        "http://0.0.0.0:{0}/",
        "http://2130706433:{0}/",
        "http://017700000001:{0}/",
        "http://0177.0.0.1:{0}/",
        "http://0177.0.0.01:{0}/",
        "http://0x7f.0.0.1:{0}/",
        "http://0x7f000001:{0}/",
        "http://0x7F.1:{0}/",
        "http://127.0.0.1.:{0}/",
        "http://127.255.255.254:{0}/",
        "http://127.0.0.1%2e:{0}/",
        "http://[::1]:{0}/",
        "http://[::]:{0}/",
        "http://[0:0:0:0:0:0:0:1]:{0}/",
        "http://[::ffff:127.0.0.1]:{0}/",
        "http://[::ffff:7f00:1]:{0}/",
        "http://[::127.0.0.1]:{0}/",
        "http://[64:ff9b::127.0.0.1]:{0}/",
        "http://[2002:7f00:1::]:{0}/",
        "http://[fe80::1%25lo]:{0}/",
        "http://[fe80::1%lo]:{0}/",
        "http://[fc00::1]:{0}/",
        "http://[fd00:ec2::254]:{0}/",
        "http://localhost:{0}/",
        "http://LOCALHOST:{0}/",
        "http://localhost.:{0}/",
        "http://news.localhost:{0}/",
        "http://ｌｏｃａｌｈｏｓｔ:{0}/",
        "http://lo\u00adcalhost:{0}/",
        "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:{0}/",
        "http://１２７．０．０．１:{0}/",
        "http://127。0。0。1:{0}/",
        "http://127｡0｡0｡1:{0}/",
        "http://①②⑦.⓪.⓪.①:{0}/",
        "http://169.254.169.254/latest/meta-data/",
        "http://2852039166/latest/meta-data/",
        "http://metadata.google.internal/computeMetadata/v1/",
        "http://ada@127.0.0.1:{0}/",
        "http://news.example@127.0.0.1:{0}/",
        "http://news.example:80@127.0.0.1:{0}/",
        "http://127.0.0.1:{0}\\@news.example/",
        "http:\\\\127.0.0.1:{0}\\",
        "http:/\\127.0.0.1:{0}/",
        "http:///127.0.0.1:{0}/",
        "http:127.0.0.1:{0}/",
        "ht\ntp://127.0.0.1:{0}/",
        "http://127.0.0.1\t:{0}/",
        "http://127.0\r\n.0.1:{0}/",
        " http://127.0.0.1:{0}/ ",
        "http://127.0.0.1:{0}#@news.example/",
        "http://127.0.0.1:{0}?@news.example/",
        "https://127.0.0.1:{0}/",
        "http://127.0.0.1:0/",
        "http://127.0.0.1:65536/",
        "http://news.example:25/",
        "http://news.example:22/",
        "http://news.example:6379/",
        "http://news.example:11211/",
        "file:///etc/passwd",
        "file://127.0.0.1/etc/passwd",
        "gopher://127.0.0.1:{0}/_GET%20/",
        "ftp://127.0.0.1:{0}/",
        "dict://127.0.0.1:{0}/d",
        "ldap://127.0.0.1:{0}/",
        "jar:http://127.0.0.1:{0}/!/",
        "data:application/rss+xml,<rss/>",
        "javascript:alert(1)",
        "javascript:alert(1)#x",
        "data:,x#y",
        "mailto:a@b.example#c",
        "urn:a:b#c",
        "file:///etc/passwd#x",
        "http://ü-.example/#x",
        "http://a\u0378b.example/#x",
        "http://a\u202eb.example/",
        "http://-/#x",
        "ws://127.0.0.1:{0}/",
        "net.tcp://127.0.0.1:{0}/",
        "\\\\127.0.0.1\\share",
        "//127.0.0.1:{0}/",
    ];

    [Fact]
    public async Task No_address_that_is_not_public_is_asked()
    {
        await using var other = await OtherAsync();
        await using var rig = await GuardedAsync();
        List<string> taken = [];

        foreach (var text in Addresses.Select(address => address.Replace("{0}", $"{other.Root.Port}")))
        {
            if (!Uri.TryCreate(text, UriKind.Absolute, out var url))
            {
                continue;
            }

            foreach (var kind in Enum.GetValues<FetchKind>())
            {
                if (await rig.FetchAsync(FetchRequest.First(url) with { Kind = kind }) is not FetchOutcome.Failed)
                {
                    taken.Add($"{kind} {text}");
                }
            }
        }

        Assert.Empty(taken);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task No_redirect_leads_there_either()
    {
        await using var other = await OtherAsync();
        var next = "";
        await using var start = RawServer.Start(
            async (stream, stop) =>
            {
                await RawServer.RequestAsync(stream, stop);
                var answer =
                    $"HTTP/1.1 302 Found\r\nLocation: {next}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
                await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), stop);
            }
        );
        // Only the server that redirects may be asked.
        await using var rig = await GuardedAsync(start.Root.Port);
        List<string> taken = [];

        foreach (var address in Addresses)
        {
            next = address.Replace("{0}", $"{other.Root.Port}").ReplaceLineEndings("");
            if (await rig.FetchAsync(FetchRequest.First(start.Root)) is not FetchOutcome.Failed)
            {
                taken.Add(next);
            }
        }

        Assert.Empty(taken);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task What_a_page_points_to_is_not_asked_when_it_is_read()
    {
        await using var other = await OtherAsync();
        await using var rig = await FetchingRig.StartAsync();
        var at = other.Root;
        rig.Site.Set(
            "/page",
            $"""
            <html><head><base href="{at}"><meta http-equiv="refresh" content="0;url={at}refresh"><link rel="canonical" href="{at}canonical">
            <link rel="alternate" type="application/rss+xml" href="{at}feed"><link rel="icon" href="{at}icon"><link rel="amphtml" href="{at}amp">
            <meta property="og:image" content="{at}picture"><script src="{at}script"></script><style>@import "{at}style";</style></head>
            <body><article><h1>The harbour</h1><p>The harbour opens on Monday, said the mayor of the town, and closes at night.</p><img src="{at}image">
            <p>Ships come from far away and bring coffee, tea and many other things to the people of the town.</p><iframe src="{at}frame"></iframe></article></body></html>
            """,
            "text/html"
        );

        await rig.Get<IArticleReader>().ReadAsync(rig.Site.Url("/page"), Stop);

        Assert.Equal(1, rig.Site.Count("/page"));
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task A_name_server_that_changes_its_mind_gains_nothing_on_any_way()
    {
        await using var other = await OtherAsync();
        var answers = new Queue<string>();
        await using var rig = await FetchingRig.StartAsync(
            new() { ["Fetching:AllowedPrivateNetworks:0"] = "10.200.0.0/30", ["Fetching:Timeout"] = "00:00:02" },
            // A public address first; what is looked up again is this machine.
            (_, _) => Task.FromResult(new[] { IPAddress.Parse(answers.TryDequeue(out var next) ? next : "127.0.0.1") })
        );

        foreach (var kind in Enum.GetValues<FetchKind>())
        {
            answers.Enqueue("192.0.2.7");
            var url = new Uri($"http://rebinding.example:{other.Root.Port}/");
            Assert.IsType<FetchOutcome.Failed>(await rig.FetchAsync(FetchRequest.First(url) with { Kind = kind }));
            Assert.IsType<FetchOutcome.Failed>(await rig.FetchAsync(FetchRequest.First(url) with { Kind = kind }));
        }

        Assert.Empty(other.Requests);
    }

    private static Task<FakeFeedSite> OtherAsync() => FakeFeedSite.StartAsync(0, TimeProvider.System, Stop);

    private static Task<FetchingRig> GuardedAsync(int port = 1) =>
        FetchingRig.StartAsync(
            new() { ["Fetching:AllowedPrivateNetworks:0"] = $"127.0.0.1/32:{port}", ["Fetching:Timeout"] = "00:00:05" },
            // Names that are not this machine's are not looked up: no test asks the world.
            (host, token) =>
                host.Contains("localhost", StringComparison.OrdinalIgnoreCase)
                    ? Dns.GetHostAddressesAsync("localhost", token)
                    : Task.FromResult(new[] { IPAddress.Parse("169.254.169.254") })
        );
}
