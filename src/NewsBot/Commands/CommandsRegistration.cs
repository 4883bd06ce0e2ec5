using Microsoft.Extensions.DependencyInjection.Extensions;
using NewsBot.Chat;
using NewsBot.Storage;
using NewsBot.Web;

namespace NewsBot.Commands;

/// <summary>Wires this folder.</summary>
internal static class CommandsRegistration
{
    /// <summary>Adds <see cref="RunCommand"/>. Needs a <see cref="Database"/>, an <see cref="Core.Feeds.IFetcher"/> and data protection.</summary>
    public static IServiceCollection AddCommands(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<LiveUpdates>();
        services.TryAddSingleton<ChatStatus>();
        services.TryAddSingleton<RecentReports>();
        services.TryAddSingleton<StorageHealth>();
        services.TryAddSingleton<EnvironmentValue>(_ => Environment.GetEnvironmentVariable);
        services.AddOptions();
        return services
            .AddSingleton<Erasures>()
            .AddSingleton<FeedLogins>()
            .AddSingleton<Changes>()
            .AddSingleton<FeedLook>()
            .AddSingleton<ConfigurationImport>()
            .AddSingleton<ReadingCommands>()
            .AddSingleton<WhyCommand>()
            .AddSingleton<MeCommands>()
            .AddSingleton<LinkCommands>()
            .AddSingleton<SourceCommands>()
            .AddSingleton<SourceListCommand>()
            .AddSingleton<AddCommands>()
            .AddSingleton<LoginCommands>()
            .AddSingleton<FilterCommands>()
            .AddSingleton<TemplateCommands>()
            .AddSingleton<DigestCommands>()
            .AddSingleton<ChannelCommands>()
            .AddSingleton<TransferCommands>()
            .AddSingleton<ModerationCommands>()
            .AddSingleton<StoryCommands>()
            .AddSingleton<AuditCommands>()
            .AddSingleton<HouseCommands>()
            .AddSingleton<CommunityCommands>()
            .AddSingleton<IndexingCommand>()
            .AddSingleton<ReviewCommands>()
            .AddSingleton<TalkDigests>()
            .AddSingleton<TalkCommands>()
            .AddSingleton<CommandHandlers>()
            .AddSingleton<RunCommand>();
    }
}
