namespace NewsBot.Core.Posts;

public enum PostOperation
{
    Create,
    Edit,
    Delete,
}
