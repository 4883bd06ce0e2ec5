using NewsBot.Fetching;

namespace NewsBot.Tests.WebSub;

/// <summary>Link headers as servers write them.</summary>
public sealed class LinkHeaderTests
{
    private const string Page = "https://news.example/feeds/all";

    [Theory]
    [InlineData("<https://hub.example/>; rel=\"hub\", <https://news.example/feed>; rel=\"self\"")]
    [InlineData("<https://hub.example/>;rel=hub,<https://news.example/feed>;rel=self")]
    [InlineData("<https://hub.example/> ; REL = \"Hub\" , </feed> ; title=\"a, <b>\" ; rel=self")]
    [InlineData("<https://hub.example/>; rel=\"hub preload\", <../feed>; rel=\"alternate self\"")]
    [InlineData(
        "<http://plain.example/>; rel=hub, <https://hub.example/>; rel=hub, </feed>; rel=self, </other>; rel=self"
    )]
    public void A_hub_and_a_name_are_found(string header) =>
        Assert.Equal(("https://hub.example/", "https://news.example/feed"), Read(header));

    [Fact]
    public void They_may_stand_in_headers_of_their_own() =>
        Assert.Equal(
            ("https://hub.example/", "https://news.example/feed"),
            Read("</style.css>; rel=preload", "<https://hub.example/>; rel=hub", "</feed>; rel=self")
        );

    [Theory]
    [InlineData("")]
    [InlineData("<")]
    [InlineData("<https://hub.example/>")]
    [InlineData("<https://hub.example/>; rel")]
    [InlineData("<https://hub.example/; rel=hub")]
    [InlineData("https://hub.example/; rel=hub")]
    [InlineData("<javascript:alert(1)>; rel=hub, <file:///etc/passwd>; rel=self")]
    [InlineData("<https://user:word@hub.example/>; rel=hub")]
    [InlineData("<https://hub.example:25/>; rel=hub")]
    [InlineData("<https://hub.example/>; title=\"; rel=hub")]
    public void What_is_none_is_left_out(string header) => Assert.Equal((null, null), Read(header));

    private static (string? Hub, string? Self) Read(params string[] headers)
    {
        using var answer = new HttpResponseMessage();
        foreach (var header in headers)
        {
            answer.Headers.TryAddWithoutValidation("Link", header);
        }

        var (hub, self) = LinkHeader.Read(answer.Headers.NonValidated, new Uri(Page));
        return (hub?.AbsoluteUri, self?.AbsoluteUri);
    }
}
