namespace System.Collections
{
    public class ArrayList : IList, ICloneable
    {
        public extern ArrayList();

        public extern int Capacity { get; set; }
        public extern int Count { get; }
        public extern bool IsFixedSize { get; }
        public extern bool IsReadOnly { get; }
        public extern bool IsSynchronized { get; }
        public extern object SyncRoot { get; }
        public extern object this[int index] { get; set; }

        public extern int Add(object value);
        public extern int BinarySearch(object value, IComparer comparer);
        public extern void Clear();
        public extern object Clone();
        public extern bool Contains(object value);
        public extern void CopyTo(Array array);
        public extern void CopyTo(Array array, int index);
        public extern IEnumerator GetEnumerator();
        public extern int IndexOf(object value);
        public extern int IndexOf(object value, int startIndex);
        public extern int IndexOf(object value, int startIndex, int count);
        public extern void Insert(int index, object value);
        public extern void Remove(object value);
        public extern void RemoveAt(int index);
        public extern object[] ToArray();
        public extern Array ToArray(Type type);
    }
}
