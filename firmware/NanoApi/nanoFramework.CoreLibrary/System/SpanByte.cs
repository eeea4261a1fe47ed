namespace System
{
    public struct SpanByte
    {
        private readonly int _state;

        public extern SpanByte(byte[] array);
        public extern SpanByte(byte[] array, int start, int length);

        public extern byte this[int index] { get; set; }
        public static extern SpanByte Empty { get; }
        public extern int Length { get; }
        public extern bool IsEmpty { get; }

        public extern void CopyTo(SpanByte destination);
        public extern SpanByte Slice(int start);
        public extern SpanByte Slice(int start, int length);
        public extern byte[] ToArray();

        public static extern implicit operator SpanByte(byte[] array);
    }
}
