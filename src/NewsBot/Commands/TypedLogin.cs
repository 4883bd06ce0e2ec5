namespace NewsBot.Commands;

/// <summary>A login as somebody typed it. It is in no line, and never written out by itself.</summary>
/// <param name="user">The user name; empty with a header.</param>
/// <param name="secret">The password, or what the header says.</param>
internal sealed class TypedLogin(string user, string secret)
{
    /// <summary>How the person at the machine gives it.</summary>
    public const string Howto =
        "Set the environment variables NEWSBOT_LOGIN_USER and NEWSBOT_LOGIN_PASSWORD, and run the command again.";

    /// <summary>How everybody else does.</summary>
    public const string AddHowto =
        "Discord and Slack have a form for it; on the command line it is read from NEWSBOT_LOGIN_USER and NEWSBOT_LOGIN_PASSWORD.";

    public string User { get; } = user;

    public string Secret { get; } = secret;

    /// <summary>The one in the environment; null where there is none.</summary>
    public static TypedLogin? Of(EnvironmentValue environment) =>
        (environment("NEWSBOT_LOGIN_USER") ?? "", environment("NEWSBOT_LOGIN_PASSWORD") ?? "") switch
        {
            ("", "") => null,
            var (user, secret) => new TypedLogin(user, secret),
        };

    /// <summary>Nothing of what was typed.</summary>
    public override string ToString() => "a login";
}

/// <summary>Reads a variable of the environment; null where it is not set.</summary>
internal delegate string? EnvironmentValue(string name);
