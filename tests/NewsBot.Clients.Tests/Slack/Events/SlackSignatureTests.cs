using System.Security.Cryptography;
using System.Text;
using NewsBot.Clients.Slack.Events;

namespace NewsBot.Clients.Tests.Slack.Events;

public sealed class SlackSignatureTests
{
    // The worked example of Slack's documentation.
    private const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";
    private const string Timestamp = "1531420618";
    private const string Body =
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        + "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
    private const string Signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";

    private static readonly DateTimeOffset Then = DateTimeOffset.FromUnixTimeSeconds(1_531_420_618);

    private readonly SlackSignature _signature = new(Secret);

    [Fact]
    public void The_published_example_is_valid() => Assert.True(IsValid(Signature, Timestamp, Body, Then));

    [Fact]
    public void A_JSON_body_is_signed_in_the_same_way()
    {
        const string body = """{"type":"url_verification","challenge":"abc","token":"x"}""";
        const string signature = "v0=b14673eb27dc6e57b0b29f9be369089c62916bc821823ccb84c60f18db9e0ac3";

        Assert.True(IsValid(signature, "1700000000", body, DateTimeOffset.FromUnixTimeSeconds(1_700_000_000)));
    }

    [Theory]
    [InlineData(300, true)]
    [InlineData(-300, true)]
    [InlineData(301, false)]
    [InlineData(-301, false)]
    public void It_is_good_for_five_minutes_either_way(int seconds, bool isValid) =>
        Assert.Equal(isValid, IsValid(Signature, Timestamp, Body, Then.AddSeconds(seconds)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("v0=")]
    [InlineData("a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")]
    [InlineData("v1=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")]
    [InlineData("v0=b2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")]
    [InlineData("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b5")]
    [InlineData("v0=zz114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")]
    [InlineData("v0= 2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")]
    public void Any_other_signature_is_wrong(string? signature) =>
        Assert.False(IsValid(signature, Timestamp, Body, Then));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1531420618")]
    [InlineData("1531420618.0")]
    [InlineData(" 1531420618")]
    [InlineData("1531420619")]
    [InlineData("99999999999999999999")]
    [InlineData("١٥٣١٤٢٠٦١٨")]
    public void Any_other_timestamp_is_wrong(string? timestamp) =>
        Assert.False(IsValid(Signature, timestamp, Body, Then));

    [Theory]
    [InlineData(Body + " ")]
    [InlineData("")]
    public void Any_other_body_is_wrong(string body) => Assert.False(IsValid(Signature, Timestamp, body, Then));

    [Fact]
    public void Either_of_two_secrets_will_do_while_they_are_being_changed()
    {
        Assert.True(
            new SlackSignature("new", Secret).IsValid(Signature, Timestamp, Encoding.UTF8.GetBytes(Body), Then)
        );
        Assert.True(
            new SlackSignature(Secret, "new").IsValid(Signature, Timestamp, Encoding.UTF8.GetBytes(Body), Then)
        );
        Assert.False(new SlackSignature("new").IsValid(Signature, Timestamp, Encoding.UTF8.GetBytes(Body), Then));
    }

    [Fact]
    public void Capital_digits_and_spaces_around_the_secret_do_not_matter()
    {
        var copied = new SlackSignature($" {Secret}\n");

        Assert.True(copied.IsValid(Signature, Timestamp, Encoding.UTF8.GetBytes(Body), Then));
        Assert.True(IsValid("v0=" + Signature[3..].ToUpperInvariant(), Timestamp, Body, Then));
    }

    [Fact]
    public void A_body_of_ten_megabytes_is_checked_as_well()
    {
        var body = new byte[10 * 1024 * 1024];
        byte[] message = [.. Encoding.ASCII.GetBytes($"v0:{Timestamp}:"), .. body];
        var signature = "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), message));

        Assert.True(_signature.IsValid(signature, Timestamp, body, Then));
        body[^1] = 1;
        Assert.False(_signature.IsValid(signature, Timestamp, body, Then));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void An_empty_secret_is_refused_with_a_sentence(string secret) =>
        Assert.Contains(
            "Basic Information",
            Assert.Throws<ArgumentException>(() => new SlackSignature(secret)).Message
        );

    private bool IsValid(string? signature, string? timestamp, string body, DateTimeOffset now) =>
        _signature.IsValid(signature, timestamp, Encoding.UTF8.GetBytes(body), now);
}
