namespace NewsBot.Clients.Slack.WebApi;

/// <summary>The methods that are called, by their names. Source: https://docs.slack.dev/reference/methods</summary>
public static class WebMethods
{
    public const string AuthTest = "auth.test";
    public const string TeamInfo = "team.info";
    public const string List = "conversations.list";
    public const string Info = "conversations.info";
    public const string Join = "conversations.join";
    public const string OpenConversation = "conversations.open";
    public const string History = "conversations.history";
    public const string Replies = "conversations.replies";
    public const string PostMessage = "chat.postMessage";
    public const string PostEphemeral = "chat.postEphemeral";
    public const string Update = "chat.update";
    public const string Delete = "chat.delete";
    public const string Permalink = "chat.getPermalink";
    public const string UserInfo = "users.info";
    public const string OpenView = "views.open";
    public const string PushView = "views.push";
    public const string UpdateView = "views.update";
    public const string OpenSocket = "apps.connections.open";
    public const string Access = "oauth.v2.access";
}
