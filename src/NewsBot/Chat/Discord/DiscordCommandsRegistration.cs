using Microsoft.Extensions.DependencyInjection.Extensions;
using NewsBot.Core.Channels;
using NewsBot.Processes;

namespace NewsBot.Chat.Discord;

/// <summary>Wires the commands of Discord.</summary>
internal static class DiscordCommandsRegistration
{
    /// <summary>Needs a <see cref="Clients.Discord.Rest.DiscordRest"/>, the commands, the threads and the post pump.</summary>
    public static IServiceCollection AddDiscordCommands(this IServiceCollection services)
    {
        services.TryAddSingleton<ChatPosts>();
        return services
            .AddChatCommands()
            .AddSingleton<OpenDiscussion>(provider => provider.GetRequiredService<DiscordThreads>().OpenAsync)
            .AddSingleton<DiscordAnswerWriter>()
            .AddSingleton<DiscordAnswers>()
            .AddSingleton<DiscordChannelChoice>()
            .AddSingleton<DiscordRunner>()
            .AddSingleton<DiscordAutocomplete>()
            .AddSingleton<DiscordModals>()
            .AddSingleton<DiscordLoginForm>()
            .AddSingleton<DiscordMessageCommands>()
            .AddSingleton<DiscordButtons>()
            .AddSingleton<DiscordCommands>()
            .AddSingleton<DiscordRegister>()
            .AddKeyedSingleton<IHostedService>(
                LeaseBoard.Of(Platform.Discord),
                (provider, _) => provider.GetRequiredService<DiscordRegister>()
            )
            .AddHostedService(provider => provider.GetRequiredService<DiscordCommands>());
    }
}
