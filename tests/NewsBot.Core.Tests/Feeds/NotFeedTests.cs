namespace NewsBot.Core.Tests.Feeds;

/// <summary>What people are told when an address gives no feed.</summary>
public sealed class NotFeedTests
{
    [Theory]
    [InlineData("", "empty")]
    [InlineData(" \n\t", "empty")]
    [InlineData("<!DOCTYPE html><html><body>Hello</body></html>", "web page")]
    [InlineData("<html><body>Unclosed <br> page", "web page")]
    [InlineData("<html><form><input type=\"password\"></form>", "log in")]
    [InlineData("<html><form><input type=\"password\"/></form></html>", "log in")]
    [InlineData("<?xml version=\"1.0\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"/>", "sitemap")]
    [InlineData("<opml version=\"2.0\"><body/></opml>", "OPML")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "picture")]
    [InlineData("<invoice><title>x</title></invoice>", "<invoice>")]
    [InlineData("{\"hello\": \"world\"}", "JSON")]
    [InlineData("[1, 2, 3]", "JSON")]
    [InlineData("{\"version\": ", "JSON")]
    [InlineData("Just some words.", "plain text")]
    [InlineData("%PDF-1.7", "PDF")]
    public void The_reason_names_what_was_found(string document, string mentions)
    {
        var reason = FeedFile.Refusal(document);

        Assert.Contains(mentions, reason, StringComparison.Ordinal);
        Assert.EndsWith(".", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Binary_files_are_called_by_their_kind()
    {
        Assert.Contains("picture", FeedFile.Refusal([0x89, 0x50, 0x4E, 0x47, 1, 2, 3]), StringComparison.Ordinal);
        Assert.Contains("compressed", FeedFile.Refusal([0x1F, 0x8B, 8, 0]), StringComparison.Ordinal);
        Assert.Contains("binary", FeedFile.Refusal([7, 1, 0, 3, 0, 0, 9, 200, 0, 0, 1]), StringComparison.Ordinal);
    }
}
