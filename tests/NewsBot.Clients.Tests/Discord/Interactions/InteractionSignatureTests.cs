using System.Text;
using NewsBot.Clients.Discord.Interactions;

namespace NewsBot.Clients.Tests.Discord.Interactions;

public sealed class InteractionSignatureTests
{
    // A throw-away key, made for tests.
    private const string Key = "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8";
    private const string Ping = """{"type":1}""";

    private const string PingSignature =
        "c1098e97d711377f30225d53d94b89d43537f92e5b3afaddc590781b1f9f9d4b"
        + "2eeab335d370be3b9a090bc61a85b86448bc140dcd195f1569c2bff181257607";

    private const string Command =
        """{"type":2,"id":"1","token":"t","version":1,"application_id":"2","data":{"id":"3","name":"news","type":1,"options":[{"name":"q","type":3,"value":"café <b>&"}]}}""";

    private const string CommandSignature =
        "82dfa32bbd3ae23c1a52add10356d147826aa759d1bfa7cc6bbe54c222c433e5"
        + "012c5159e2af18fd4bb229e90ba261b4e7bb1268df4a98fcaf22b52b96840e07";

    private readonly InteractionSignature _signature = new(Key);

    [Theory]
    [InlineData("1700000000", Ping, PingSignature)]
    [InlineData("1700000001", Command, CommandSignature)]
    public void What_Discord_signed_is_valid(string timestamp, string body, string signature) =>
        Assert.True(_signature.IsValid(signature, timestamp, Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void Capital_hex_digits_and_spaces_around_them_do_not_matter()
    {
        var signature = new InteractionSignature($" {Key.ToUpperInvariant()}\n");

        Assert.True(
            signature.IsValid($" {PingSignature.ToUpperInvariant()} ", "1700000000", Encoding.UTF8.GetBytes(Ping))
        );
    }

    [Fact]
    public void Another_first_byte_body_or_timestamp_is_not_valid()
    {
        var body = Encoding.UTF8.GetBytes(Ping);

        Assert.False(_signature.IsValid("00" + PingSignature[2..], "1700000000", body));
        Assert.False(_signature.IsValid(PingSignature, "1700000000", Encoding.UTF8.GetBytes("""{ "type":1}""")));
        Assert.False(_signature.IsValid(PingSignature, "1700000009", body));
        Assert.False(_signature.IsValid(CommandSignature, "1700000000", body));
    }

    [Theory]
    [InlineData(null, "1700000000")]
    [InlineData("", "1700000000")]
    [InlineData("zz", "1700000000")]
    [InlineData(PingSignature + "00", "1700000000")]
    [InlineData(PingSignature + "                                                  ", "1700000000")]
    [InlineData(PingSignature, null)]
    [InlineData(PingSignature, "")]
    [InlineData(PingSignature, "\ud800")]
    public void Absent_and_broken_headers_are_not_valid(string? signature, string? timestamp) =>
        Assert.False(_signature.IsValid(signature, timestamp, Encoding.UTF8.GetBytes(Ping)));

    [Fact]
    public void Junk_of_any_kind_is_not_valid_and_never_throws() =>
        CsCheck.Check.Sample(
            CsCheck.Gen.Select(CsCheck.Gen.String, CsCheck.Gen.String, CsCheck.Gen.Int),
            (signature, timestamp, body) => !_signature.IsValid(signature, timestamp, BitConverter.GetBytes(body)),
            iter: 500
        );

    [Theory]
    [InlineData("")]
    [InlineData("03a1")]
    [InlineData("not a key")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    public void A_wrong_public_key_is_refused_with_a_sentence(string key)
    {
        var error = Assert.Throws<FormatException>(() => new InteractionSignature(key));

        Assert.Contains("Developer Portal", error.Message);
    }
}
