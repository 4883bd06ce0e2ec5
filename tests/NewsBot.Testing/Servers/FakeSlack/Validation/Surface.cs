namespace NewsBot.Testing.Servers.FakeSlack.Validation;

/// <summary>Where blocks are to stand.</summary>
internal enum Surface
{
    Post,
    Update,
    Ephemeral,
    Response,
    Modal,
    Home,
}
