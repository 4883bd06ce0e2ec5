using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NewsBot.Chat.Discord;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Rest;

namespace NewsBot.Tests.Discord.Commands;

public sealed class DiscordRegisterTests
{
    private const string Commands = "/applications/42/commands";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Commands_are_registered_once_and_again_only_where_they_changed_there()
    {
        await using var rig = await GivenAsync();
        var register = rig.Rig.Services.GetRequiredService<DiscordRegister>();

        Assert.True(await register.RunAsync(Stop));
        rig.Answer(Commands, HttpStatusCode.OK, AsDiscordSaysIt());
        Assert.False(await register.RunAsync(Stop));
        rig.Answer(Commands, HttpStatusCode.OK, "[]");
        Assert.True(await register.RunAsync(Stop));

        Assert.Equal(2, rig.Discord.Calls.Count(call => call.Method == HttpMethod.Put));
    }

    [Fact]
    public async Task A_refusal_is_tried_again()
    {
        await using var rig = await GivenAsync();
        var register = rig.Rig.Services.GetRequiredService<DiscordRegister>();
        rig.Answer(Commands, HttpStatusCode.BadRequest, """{"code":50035,"message":"Invalid Form Body"}""");

        await Assert.ThrowsAsync<DiscordException>(() => register.RunAsync(Stop));
        rig.Answer(Commands, HttpStatusCode.OK, "[]");

        Assert.True(await register.RunAsync(Stop));
    }

    // With ids, without languages, and with what is usual written out.
    private static string AsDiscordSaysIt()
    {
        var id = 1UL;
        return JsonSerializer.Serialize(
            DiscordCatalogue
                .Build()
                .Reverse()
                .Select(command => command with { Id = new Snowflake(id++), DescriptionLocalizations = null }),
            DiscordJson.Options
        );
    }

    private static async Task<DiscordRig> GivenAsync()
    {
        var rig = await DiscordRig.NewAsync();
        rig.Answer("/applications/@me", HttpStatusCode.OK, """{"id":"42","name":"News"}""");
        rig.Answer("/users/@me", HttpStatusCode.OK, """{"id":"43","username":"News","bot":true}""");
        rig.Answer(Commands, HttpStatusCode.OK, "[]");
        return rig;
    }
}
