using Microsoft.Extensions.DependencyInjection.Extensions;

namespace NewsBot.Chat;

/// <summary>Wires what the commands of several chats share; as often as there are chats.</summary>
internal static class ChatCommandsRegistration
{
    /// <summary>Needs the commands and the post pump.</summary>
    public static IServiceCollection AddChatCommands(this IServiceCollection services)
    {
        services.TryAddSingleton<WaitingFiles>();
        services.TryAddSingleton<CommandRunner>();
        services.TryAddSingleton<CommandSuggestions>();
        services.TryAddSingleton<AnswerLinks>();
        return services;
    }
}
