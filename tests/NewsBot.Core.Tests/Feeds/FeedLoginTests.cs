using NewsBot.Core.Feeds;

namespace NewsBot.Core.Tests.Feeds;

public sealed class FeedLoginTests
{
    private static readonly Uri Url = new("https://Planet.example/feed?key=1");

    [Fact]
    public void A_user_name_and_password_are_one_header_for_one_server()
    {
        var login = FeedLogin.Basic(Url, "reader", "tïde").Login!;

        Assert.Equal(("Authorization", "Basic cmVhZGVyOnTDr2Rl"), (login.Header, login.Value));
        Assert.Equal("https://planet.example:443", login.Origin);
        Assert.DoesNotContain(login.Value, $"{login} {FetchRequest.First(Url) with { Login = login }}");
    }

    [Theory]
    [InlineData("https://planet.example/other", true)]
    [InlineData("https://planet.example:443/", true)]
    [InlineData("http://planet.example/feed", false)]
    [InlineData("https://planet.example:8443/feed", false)]
    [InlineData("https://www.planet.example/feed", false)]
    [InlineData("https://planet.example.evil.example/", false)]
    public void It_is_for_exactly_its_server(string url, bool expected)
    {
        Assert.Equal(expected, FeedLogin.Basic(Url, "reader", "tide").Login!.IsFor(new Uri(url)));
    }

    [Theory]
    [InlineData("", "tide")]
    [InlineData("a:b", "tide")]
    [InlineData("reader", "ti\r\nde")]
    [InlineData("re\tader", "tide")]
    public void A_user_name_or_password_that_cannot_be_sent_is_refused(string user, string password)
    {
        var (login, problem) = FeedLogin.Basic(Url, user, password);

        Assert.Null(login);
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void What_is_too_long_is_refused()
    {
        Assert.NotNull(FeedLogin.Basic(Url, new string('u', 500), new string('p', 500)).Login);
        Assert.Null(FeedLogin.Basic(Url, new string('u', 501), "p").Login);
        Assert.Null(FeedLogin.Basic(Url, "u", new string('p', 501)).Login);
        Assert.NotNull(FeedLogin.OfHeader(Url, new string('n', 64), new string('v', 500)).Login);
        Assert.Null(FeedLogin.OfHeader(Url, new string('n', 65), "v").Login);
        Assert.Null(FeedLogin.OfHeader(Url, "n", new string('v', 501)).Login);
    }

    [Theory]
    [InlineData("X-Api-Key")]
    [InlineData("Authorization")]
    [InlineData("Cookie")]
    [InlineData("PRIVATE-TOKEN")]
    public void A_header_that_says_who_we_are_is_taken(string name)
    {
        Assert.Equal(name, FeedLogin.OfHeader(Url, name, "k3y").Login!.Header);
    }

    [Theory]
    [InlineData("host")]
    [InlineData("Cookie2")]
    [InlineData("Connection")]
    [InlineData("Keep-Alive")]
    [InlineData("TE")]
    [InlineData("Trailer")]
    [InlineData("Upgrade")]
    [InlineData("content-length")]
    [InlineData("Transfer-Encoding")]
    [InlineData("Proxy-Authorization")]
    [InlineData("Accept-Encoding")]
    [InlineData("If-None-Match")]
    [InlineData("")]
    [InlineData("X Api")]
    [InlineData("X:Api")]
    [InlineData("X\r\nApi")]
    [InlineData("Schlüssel")]
    public void A_header_that_steers_the_request_or_is_none_is_refused(string name)
    {
        var (login, problem) = FeedLogin.OfHeader(Url, name, "k3y");

        Assert.Null(login);
        Assert.DoesNotContain("k3y", problem);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("a\r\nHost: evil.example")]
    [InlineData("a\0b")]
    [InlineData("ä")]
    public void A_value_that_cannot_be_sent_is_refused(string value)
    {
        Assert.Null(FeedLogin.OfHeader(Url, "X-Api-Key", value).Login);
    }
}
