using NewsBot.Core.Comments;
using NewsBot.Web.Views;

namespace NewsBot.Storage;

/// <summary>The numbers of one discussion and what each answers, in every order. Neither ever changes for a comment.</summary>
internal sealed class ThreadIndex
{
    public static readonly ThreadIndex Empty = new([]);

    private readonly IReadOnlyList<ThreadPlace> _places;
    private readonly Lazy<IReadOnlyList<(int Number, int Depth)>> _threads;

    /// <param name="places">Ordered by number.</param>
    public ThreadIndex(IReadOnlyList<ThreadPlace> places)
    {
        _places = places;
        _threads = new(() => [.. ThreadOrder.Of(_places).Select(step => (step.Number, step.Depth))]);
    }

    public int Count => _places.Count;

    /// <summary>The highest number; 0 for none.</summary>
    public int Last => Count == 0 ? 0 : _places[^1].Number;

    public ThreadIndex With(IReadOnlyList<ThreadPlace> added) => added.Count == 0 ? this : new([.. _places, .. added]);

    public bool Has(int number)
    {
        var (low, high) = (0, Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            switch (_places[middle].Number.CompareTo(number))
            {
                case 0:
                    return true;
                case < 0:
                    low = middle + 1;
                    break;
                default:
                    high = middle - 1;
                    break;
            }
        }

        return false;
    }

    /// <summary>All numbers in an order, with how deep each stands; by time all stand as roots.</summary>
    public IReadOnlyList<(int Number, int Depth)> Order(CommentSort sort) =>
        sort switch
        {
            CommentSort.Time => [.. _places.Select(place => (place.Number, 0))],
            CommentSort.Newest => [.. _places.Reverse().Select(place => (place.Number, 0))],
            _ => _threads.Value,
        };
}
