using System.Text;
using NewsBot.Testing.Servers.FakeDiscord.Gateway;

namespace NewsBot.Tests.Discord.FakeGateway;

public sealed class MalformedFrameTests : IAsyncLifetime
{
    private GatewayHost _host = null!;

    private GatewayFaults Faults => _host.Gateway.Faults;

    public async ValueTask InitializeAsync() => _host = await GatewayHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(GatewayFaultKind.NotJson, "<html>")]
    [InlineData(GatewayFaultKind.NotAnObject, "[1,")]
    [InlineData(GatewayFaultKind.WrongTypes, "{\"op\":\"0\"")]
    [InlineData(GatewayFaultKind.UnknownOpcode, "{\"op\":987654")]
    [InlineData(GatewayFaultKind.Huge, "{\"op\":0,\"t\":\"FAKE_PADDING\"")]
    public async Task A_malformed_frame_comes_between_good_ones(GatewayFaultKind kind, string begins)
    {
        var (client, _) = await _host.LogInAsync(query: "v=10&encoding=json&compress=zlib-stream");
        await using var _1 = client;

        Faults.Add(kind);
        _host.Say("Good");

        var frame = await client.ReadBytesAsync();
        Assert.StartsWith(begins, Encoding.UTF8.GetString(frame), StringComparison.Ordinal);
        Assert.Equal(kind == GatewayFaultKind.Huge, frame.Length > 10_000_000);
        Assert.Equal(["Good"], await client.ReadTextsAsync(1));
    }

    [Fact]
    public async Task Bytes_that_are_not_utf8_come_inside_the_compressed_stream()
    {
        var (client, _) = await _host.LogInAsync(query: "v=10&encoding=json&compress=zlib-stream");
        await using var _1 = client;

        Faults.Add(GatewayFaultKind.InvalidUtf8);
        var frame = await client.ReadBytesAsync();

        Assert.Throws<DecoderFallbackException>(() => new UTF8Encoding(false, true).GetString(frame));
    }

    [Fact]
    public async Task Wrong_zlib_data_cannot_be_inflated()
    {
        var (client, _) = await _host.LogInAsync(query: "v=10&encoding=json&compress=zlib-stream");
        await using var _1 = client;

        Faults.Add(GatewayFaultKind.WrongZlib);

        await Assert.ThrowsAsync<InvalidDataException>(client.ReadBytesAsync);
    }
}
