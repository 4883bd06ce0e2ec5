namespace NewsBot.Chat.Slack;

internal static partial class SlackRegistration
{
    static partial void AddCommands(IServiceCollection services) => services.AddSlackCommands();

    /// <summary>Wires what people do in Slack. Needs the installs, the commands and the post pump.</summary>
    public static IServiceCollection AddSlackCommands(this IServiceCollection services) =>
        services
            .AddChatCommands()
            .AddSingleton<SlackRooms>()
            .AddSingleton<SlackAccounts>()
            .AddSingleton<SlackAnswerWriter>()
            .AddSingleton<SlackAnswers>()
            .AddSingleton<SlackChannelChoice>()
            .AddSingleton<SlackRunner>()
            .AddSingleton<SlackHome>()
            .AddSingleton<SlackForms>()
            .AddSingleton<SlackWrittenAnswers>()
            .AddSingleton<SlackAnswerForm>()
            .AddSingleton<SlackSubmissions>()
            .AddSingleton<SlackAutocomplete>()
            .AddSingleton<SlackMessageCommands>()
            .AddSingleton<SlackButtons>()
            .AddSingleton<SlackCommands>()
            .AddHostedService(provider => provider.GetRequiredService<SlackCommands>());
}
