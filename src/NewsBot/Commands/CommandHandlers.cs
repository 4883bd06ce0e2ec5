using NewsBot.Core.Commands;

namespace NewsBot.Commands;

/// <summary>Which code does which verb.</summary>
internal sealed class CommandHandlers(
    ReadingCommands reading,
    WhyCommand why,
    MeCommands me,
    LinkCommands link,
    SourceCommands sources,
    SourceListCommand list,
    AddCommands add,
    LoginCommands login,
    FilterCommands filters,
    TemplateCommands templates,
    DigestCommands digests,
    ChannelCommands channels,
    TransferCommands transfer,
    ModerationCommands moderation,
    StoryCommands stories,
    AuditCommands audit,
    HouseCommands house,
    CommunityCommands communities,
    IndexingCommand indexing,
    ReviewCommands reviews,
    TalkCommands talks
)
{
    private readonly Dictionary<string, CommandHandler> _handlers = new[]
    {
        reading.Handlers,
        why.Handlers,
        me.Handlers,
        link.Handlers,
        sources.Handlers,
        list.Handlers,
        add.Handlers,
        login.Handlers,
        filters.Handlers,
        templates.Handlers,
        digests.Handlers,
        channels.Handlers,
        transfer.Handlers,
        moderation.Handlers,
        stories.Handlers,
        audit.Handlers,
        house.Handlers,
        communities.Handlers,
        indexing.Handlers,
        reviews.Handlers,
        talks.Handlers,
    }
        .SelectMany(handlers => handlers)
        .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);

    /// <summary>The verbs that are done here: all of the catalogue but help and confirm.</summary>
    public IReadOnlyCollection<string> Names => _handlers.Keys;

    public CommandHandler Find(CommandSpec spec) => _handlers[spec.Name];
}
